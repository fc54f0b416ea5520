package org.aitia.visualization.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.api.Task;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.explain.ExplanationResult;
import org.aitia.api.explain.ExplanationType;
import org.aitia.api.explain.Provenance;
import org.aitia.api.explain.Threshold;

/** The command that makes a result again. */
final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/,+@%-]+");

    private CommandLine() {}

    /** The command for a POSIX shell; the text between its single quotes is for Aitia's. */
    static String of(ExplanationResult result, Dataset dataset) {
        Provenance provenance = result.provenance();
        StringBuilder command = new StringBuilder("explain -m ")
                .append(quoted(provenance.model()))
                .append(" -x ")
                .append(quoted(provenance.explainer()))
                .append(data(provenance))
                .append(
                        switch (provenance.task()) {
                            case NODE -> " -n ";
                            case GRAPH -> " -g ";
                            case LINK -> " -l ";
                        })
                .append(instances(result, dataset))
                .append(" --seed ")
                .append(provenance.seed());
        if (provenance.type() != ExplanationType.MODEL) {
            command.append(" --type ").append(provenance.type().name().toLowerCase(Locale.ROOT));
        }
        provenance.trained().ifPresent(name -> command.append(" --trained ").append(quoted(name)));
        for (Map.Entry<String, String> option : provenance.options().entrySet()) {
            command.append(" -o ").append(quoted(option.getKey() + "=" + option.getValue()));
        }
        if (!result.threshold().equals(Threshold.NONE)) {
            command.append(" --threshold ").append(result.threshold().text());
        }
        return "bin/aitia -c '"
                + command.append(" --html again.html").toString().replace("'", "'\\''") + "'";
    }

    /** The data set, named because the model may have been trained on another, or none. */
    private static String data(Provenance provenance) {
        StringBuilder data = new StringBuilder(" -d ").append(quoted(provenance.dataset()));
        provenance.datasetOptions().forEach((key, value) -> data.append(" -D ").append(quoted(key + "=" + value)));
        return data.toString();
    }

    private static String instances(ExplanationResult result, Dataset dataset) {
        List<Integer> ids = result.explanations().stream()
                .map(explanation -> explanation.target().id())
                .toList();
        return result.provenance().task() == Task.LINK
                ? ids.stream().map(id -> Subject.linkText(dataset, id)).collect(Collectors.joining(","))
                : targets(ids);
    }

    private static String quoted(String word) {
        String unquoted = word.replace("=", "");
        return PLAIN.matcher(unquoted).matches()
                ? word
                : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
    }

    /** Targets in the notation of the command line: {@code 5}, {@code 5,7}, {@code 400..699:5}. */
    static String targets(Collection<Integer> targets) {
        List<Integer> ids = List.copyOf(targets);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < ids.size(); ) {
            int step = i + 1 < ids.size() ? ids.get(i + 1) - ids.get(i) : 0;
            int end = i + 1;
            while (step > 0 && end < ids.size() && ids.get(end) - ids.get(end - 1) == step) {
                end++;
            }
            if (end - i >= 3) {
                parts.add(ids.get(i) + ".." + ids.get(end - 1) + (step == 1 ? "" : ":" + step));
                i = end;
            } else {
                parts.add(Integer.toString(ids.get(i)));
                i++;
            }
        }
        return parts.stream().collect(Collectors.joining(","));
    }
}
