package org.aitia.models.internal.torchscript;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.api.DataFormatException;
import org.aitia.api.Task;

/** The arguments of a module's method {@code forward}, as its code declares them. */
final class ForwardSignature {
    private static final Set<String> FEATURE_NAMES =
            Set.of("x", "features", "feature", "feat", "feats", "h", "node_features", "node_feat", "input", "inputs");
    private static final Set<String> EDGE_NAMES = Set.of("edge_index", "edge_idx", "edge_list", "edges", "ei");

    private ForwardSignature() {}

    /** What is given for an argument. */
    enum Role {
        /** Features, float32 [N, F]. */
        X,
        /** Sources and targets of edges, int64 [2, E]. */
        EDGE_INDEX,
        /** Weights of edges, float32 [E]. */
        EDGE_WEIGHT,
        /** What each message is multiplied by after normalisation, float32 [E]. */
        EDGE_MASK,
        /** Graph of each node, int64 [N]. */
        BATCH,
        /** Both ends of candidate links, int64 [2, P]. */
        EDGE_LABEL_INDEX
    }

    /** An argument as declared. */
    private record Argument(String name, String type, boolean hasDefault) {
        boolean isTensor() {
            return type.equals("Tensor") || type.equals("Optional[Tensor]");
        }
    }

    /**
     * Finds out what to call forward with.
     *
     * @param file for messages
     * @param code the class of the module
     * @param task what it is to predict
     * @return roles in the order of the arguments; trailing arguments with defaults that have no role are left out
     */
    static List<Role> roles(String file, String code, Task task) {
        List<Argument> arguments = arguments(file, code);
        List<Optional<Role>> roles = new ArrayList<>();
        Set<Role> free = EnumSet.allOf(Role.class);
        for (Argument argument : arguments) {
            Optional<Role> role = argument.isTensor() ? byName(argument.name()).filter(free::remove) : Optional.empty();
            roles.add(role);
        }
        if (task != Task.GRAPH) {
            free.remove(Role.BATCH);
        }
        if (task != Task.LINK) {
            free.remove(Role.EDGE_LABEL_INDEX);
        }
        int required = 0;
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (roles.get(i).isEmpty() && argument.isTensor() && !argument.hasDefault()) {
                roles.set(i, byPlace(free, arguments, roles, i));
            }
            if (roles.get(i).isEmpty() && !argument.hasDefault()) {
                throw new DataFormatException(file + ": forward takes '" + argument.name() + "' of type "
                        + argument.type() + ", which Aitia cannot give; wrap the model so that forward takes"
                        + " (x, edge_index[, edge_weight][, batch]) and export that");
            }
            if (roles.get(i).isPresent()) {
                required = i + 1;
            }
        }
        List<Role> used = new ArrayList<>();
        for (int i = 0; i < required; i++) {
            String name = arguments.get(i).name();
            used.add(roles.get(i)
                    .orElseThrow(() -> new DataFormatException(file + ": forward takes '" + name
                            + "', which Aitia does not know, before arguments that it knows; wrap the model so that"
                            + " forward takes (x, edge_index[, edge_weight][, batch]) and export that")));
        }
        if (!used.contains(Role.X) || !used.contains(Role.EDGE_INDEX)) {
            throw new DataFormatException(file + ": forward takes " + describe(arguments)
                    + " where (x, edge_index[, edge_weight][, batch]) is expected; wrap the model so and export that");
        }
        return used;
    }

    private static String describe(List<Argument> arguments) {
        return "(" + String.join(", ", arguments.stream().map(Argument::name).toList()) + ")";
    }

    private static Optional<Role> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("label_index")) {
            return Optional.of(Role.EDGE_LABEL_INDEX);
        }
        if (lower.contains("batch")) {
            return Optional.of(Role.BATCH);
        }
        if (lower.equals("edge_mask")) {
            return Optional.of(Role.EDGE_MASK);
        }
        if (lower.contains("weight") || lower.equals("edge_attr")) {
            return Optional.of(Role.EDGE_WEIGHT);
        }
        if (EDGE_NAMES.contains(lower)) {
            return Optional.of(Role.EDGE_INDEX);
        }
        return FEATURE_NAMES.contains(lower) ? Optional.of(Role.X) : Optional.empty();
    }

    /** Names say nothing, as after tracing: the usual order, in which a weight is left out before a batch is. */
    private static Optional<Role> byPlace(
            Set<Role> free, List<Argument> arguments, List<Optional<Role>> roles, int place) {
        long unknown = 0;
        for (int i = place; i < arguments.size(); i++) {
            unknown += roles.get(i).isEmpty() && arguments.get(i).isTensor() ? 1 : 0;
        }
        List<Role> order =
                new ArrayList<>(List.of(Role.X, Role.EDGE_INDEX, Role.EDGE_LABEL_INDEX, Role.EDGE_WEIGHT, Role.BATCH));
        order.retainAll(free);
        if (unknown == 1 && order.equals(List.of(Role.EDGE_WEIGHT, Role.BATCH))) {
            order.remove(Role.EDGE_WEIGHT);
        }
        if (order.isEmpty()) {
            return Optional.empty();
        }
        free.remove(order.get(0));
        return Optional.of(order.get(0));
    }

    private static List<Argument> arguments(String file, String code) {
        Matcher start = Pattern.compile("(?m)^  def forward\\(").matcher(code);
        if (!start.find()) {
            throw new DataFormatException(file + ": the module has no method forward; give it one that takes"
                    + " (x, edge_index[, edge_weight][, batch]) and export it again");
        }
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = start.end();
        for (int i = from; i < code.length(); i++) {
            char c = code.charAt(i);
            boolean end = c == ')' && depth == 0;
            if (end || c == ',' && depth == 0) {
                parts.add(code.substring(from, i).strip());
                from = i + 1;
            }
            if (end) {
                break;
            }
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        }
        return parts.stream()
                .skip(1)
                .filter(p -> !p.isEmpty())
                .map(ForwardSignature::argument)
                .toList();
    }

    private static Argument argument(String text) {
        int equals = text.indexOf('=');
        String declared = equals < 0 ? text : text.substring(0, equals);
        int colon = declared.indexOf(':');
        String name = (colon < 0 ? declared : declared.substring(0, colon)).strip();
        String type = colon < 0 ? "Tensor" : declared.substring(colon + 1).strip();
        return new Argument(name, type, equals >= 0);
    }
}
