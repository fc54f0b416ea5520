package org.aitia.models.internal.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;
import org.aitia.api.StorageException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.zip.ZipArchive;
import org.aitia.formats.zip.ZipLimits;

/**
 * A file that is perhaps a TorchScript module: what it is, what it calls, what its tensors are. Everything is found out
 * without running anything of it.
 *
 * @param name for messages
 * @param content the bytes
 * @param rootCode source of the class of the module
 * @param tensors what it holds
 * @param training whether it was saved in training mode
 */
record TorchFile(String name, byte[] content, String rootCode, List<PickleSkim.Tensor> tensors, boolean training) {
    private static final long LARGEST = Integer.MAX_VALUE - 8L;
    private static final long LARGEST_TEXT = 64L << 20;
    /** PyTorch stores without compression; whoever packs again does not reach more. */
    private static final int RATIO = 50;

    private static final Pattern OPERATOR = Pattern.compile("\\bops\\.([A-Za-z_]\\w*)\\.(\\w+)");
    /** What operators of libtorch are called. */
    private static final Set<String> BUILT_IN = Set.of(
            "prim",
            "prims",
            "aten",
            "quantized",
            "_quantized",
            "prepacked",
            "sparse",
            "inductor",
            "profiler",
            "mkldnn",
            "cuda");
    /** Operators with which a module could read and write files. */
    private static final Pattern FILE_ACCESS =
            Pattern.compile("\\b(?:torch\\.|ops\\.aten\\.)(save|from_file|_save|load)\\(");

    private static final int MOST_NAMES = 12;

    /** More are tried only if someone says so. */
    private static final int MOST_FEATURES = 1 << 17;

    /** What to do with a model that is no TorchScript module. */
    static final String EXPORT = "in Python, build the model, load the weights with model.load_state_dict(...), then"
            + " model.eval(); torch.jit.script(model).save('model.pt'), and import that file";

    /**
     * Looks into a file.
     *
     * @param file a file
     * @return the module
     * @throws DataFormatException if it is none, or one that cannot run here; the message says what it is instead
     * @throws StorageException if it cannot be read
     */
    static TorchFile read(Path file) {
        String name = file.toString();
        byte[] content = content(file);
        if (content.length < 4 || content[0] != 'P' || content[1] != 'K') {
            throw NotTorchScript.of(file, content);
        }
        Map<String, String> code = new TreeMap<>();
        byte[] root = null;
        try (ZipArchive zip = ZipArchive.open(file, ZipLimits.DEFAULT.withRatio(RATIO))) {
            for (String path : zip.paths()) {
                ByteSource entry = zip.find(path).orElseThrow();
                if (path.equals("data.pkl")) {
                    root = text(entry);
                } else if (path.startsWith("code/") && path.endsWith(".py")) {
                    code.put(path, new String(text(entry), StandardCharsets.UTF_8));
                } else {
                    check(entry);
                }
            }
            if (root == null) {
                throw NotTorchScript.otherZip(name, zip.paths());
            }
        }
        PickleSkim skim = PickleSkim.of(root);
        if (code.isEmpty()) {
            throw NotTorchScript.saved(name, skim);
        }
        checkOperators(name, code);
        return new TorchFile(name, content, rootCode(name, skim, code), List.copyOf(skim.tensors()), skim.isTraining());
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataFormatException(
                        file + " has " + Files.size(file) + " bytes; a module may have " + LARGEST + " at most");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StorageException(
                    file + " cannot be read: " + reason(file, e) + "; check its name and permissions", e);
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        return Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
    }

    private static byte[] text(ByteSource entry) {
        if (entry.size() > LARGEST_TEXT) {
            throw new DataFormatException(entry.name() + " has " + entry.size() + " bytes; code and structure of a"
                    + " module may have " + LARGEST_TEXT + " at most");
        }
        try (InputStream stream = entry.open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw damaged(entry, e);
        }
    }

    /** Reads to the end, where the checksum is compared: libtorch itself does not. */
    private static void check(ByteSource entry) {
        try (InputStream stream = entry.open()) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw damaged(entry, e);
        }
    }

    private static DataFormatException damaged(ByteSource entry, IOException e) {
        return new DataFormatException(
                entry.name() + " is damaged: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + "; copy the file again, or export it again",
                e);
    }

    private static void checkOperators(String name, Map<String, String> code) {
        Set<String> missing = new TreeSet<>();
        Set<String> packages = new LinkedHashSet<>();
        for (Map.Entry<String, String> file : code.entrySet()) {
            Matcher operator = OPERATOR.matcher(file.getValue());
            while (operator.find()) {
                if (!BUILT_IN.contains(operator.group(1))) {
                    missing.add(operator.group(1) + "::" + operator.group(2));
                    packages.add(operator.group(1));
                }
            }
            Matcher access = FILE_ACCESS.matcher(file.getValue());
            if (access.find()) {
                throw new DataFormatException(name + " calls " + access.group(1)
                        + ", with which a module reads or writes files; no model needs that, so it is refused");
            }
        }
        if (!missing.isEmpty()) {
            throw missingOperators(name, missing, packages);
        }
    }

    private static DataFormatException missingOperators(String name, Set<String> missing, Set<String> packages) {
        return new DataFormatException(name + " needs operators that libtorch does not have: "
                + missing.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (missing.size() > MOST_NAMES ? " and " + (missing.size() - MOST_NAMES) + " more" : "")
                + "; they come from the Python packages "
                + packages.stream().map(p -> p.equals("pyg") ? "pyg_lib" : p).collect(Collectors.joining(", "))
                + ": export the model again with plain message passing, in an environment without these packages"
                + " (PyG 2.3 and later then use PyTorch's own scatter)");
    }

    /** Finds the source of the class of the pickled root object. */
    private static String rootCode(String name, PickleSkim skim, Map<String, String> code) {
        String root = skim.globals().stream()
                .filter(g -> g.startsWith("__torch__"))
                .findFirst()
                .orElseThrow(() ->
                        new DataFormatException(name + " holds code but no module of it; save it with torch.jit.save"));
        int space = root.indexOf(' ');
        String path = "code/" + root.substring(0, space).replace('.', '/') + ".py";
        String source = code.getOrDefault(path, "");
        Matcher start = Pattern.compile("(?m)^class " + Pattern.quote(root.substring(space + 1)) + "\\(Module\\):")
                .matcher(source);
        if (!start.find()) {
            throw new DataFormatException(name + " is damaged: " + path + " with class " + root.substring(space + 1)
                    + " is missing; copy the file again, or export it again");
        }
        Matcher next = Pattern.compile("(?m)^class ").matcher(source);
        return next.find(start.end()) ? source.substring(start.start(), next.start()) : source.substring(start.start());
    }

    /** Whether values are of another precision than ours; empty if not. */
    String otherPrecision() {
        return tensors.stream()
                .map(t -> switch (t.storage()) {
                    case "DoubleStorage" -> "double";
                    case "HalfStorage" -> "half";
                    case "BFloat16Storage" -> "bfloat16";
                    default -> "";
                })
                .filter(p -> !p.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the sizes that a feature vector could have, the likeliest first. */
    List<Integer> possibleFeatures() {
        Set<Integer> sizes = new LinkedHashSet<>();
        for (PickleSkim.Tensor tensor : tensors) {
            if (tensor.shape().size() == 2
                    && !tensor.name().toLowerCase(Locale.ROOT).contains("att")) {
                sizes.add(tensor.shape().get(1).intValue()); // torch.nn.Linear: [out, in]
                sizes.add(tensor.shape().get(0).intValue());
            }
        }
        sizes.removeIf(s -> s < 1 || s > MOST_FEATURES);
        return sizes.stream().limit(MOST_NAMES).toList();
    }

    /** How many values a node has in all layers together, for estimates of memory. */
    int width() {
        long width = 0;
        for (PickleSkim.Tensor tensor : tensors) {
            width += tensor.shape().isEmpty() ? 0 : Math.min(tensor.shape().get(0), 1 << 16);
        }
        return (int) Math.max(16, Math.min(width, 1 << 20));
    }
}
