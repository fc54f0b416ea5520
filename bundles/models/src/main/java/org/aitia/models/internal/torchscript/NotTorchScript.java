package org.aitia.models.internal.torchscript;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.api.DataFormatException;

/** Says what a file is that is no TorchScript module, and what to do about it. */
final class NotTorchScript {
    private static final int MOST_NAMES = 6;
    private static final int LOOK_AT = 4096;
    /** Packages whose classes are data rather than modules. */
    private static final List<String> DATA = List.of(
            "collections ",
            "torch ",
            "torch._utils ",
            "numpy",
            "builtins ",
            "__builtin__ ",
            "_codecs ",
            "torch.storage ",
            "torch.serialization ",
            "argparse ",
            "copy_reg ",
            "copyreg ");

    private NotTorchScript() {}

    /** A file that is no zip. */
    static DataFormatException of(Path file, byte[] content) {
        String name = file.toString();
        String start = new String(content, 0, Math.min(content.length, LOOK_AT), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0080") && content.length > 2 && content[1] >= 2 && content[1] <= 5) {
            return saved(name, PickleSkim.of(content));
        }
        String what;
        if (start.isEmpty()) {
            what = "is empty";
        } else if (name.toLowerCase(Locale.ROOT).endsWith(".onnx")
                || start.charAt(0) == 8 && (start.contains("pytorch") || start.contains("onnx"))) {
            what = "is an ONNX model, which has lost the structure that explanations need";
        } else if (start.startsWith("\u0089HDF")) {
            what = "is an HDF5 file, as Keras and others write";
        } else if (start.length() > 9 && start.charAt(8) == '{' && start.charAt(7) == 0) {
            what = "is a safetensors file: weights without the code of the model";
        } else {
            what = "is no TorchScript module: a zip archive is expected, found " + content.length
                    + " bytes of something else";
        }
        return new DataFormatException(name + " " + what + "; " + TorchFile.EXPORT);
    }

    /** A zip that PyTorch did not write. */
    static DataFormatException otherZip(String name, Set<String> paths) {
        if (paths.stream().anyMatch(p -> p.endsWith("archive_format") || p.contains("exported_program"))) {
            return new DataFormatException(name + " is a program of torch.export, which holds operators for one size of"
                    + " graph and no module; " + TorchFile.EXPORT);
        }
        return new DataFormatException(name + " is a zip archive with "
                + (paths.isEmpty() ? "nothing in it" : "'" + paths.iterator().next() + "'")
                + ", but no TorchScript module: it has no data.pkl; " + TorchFile.EXPORT);
    }

    /** What {@code torch.save} writes. */
    static DataFormatException saved(String name, PickleSkim skim) {
        List<String> classes = skim.globals().stream()
                .filter(g -> DATA.stream().noneMatch(g::startsWith))
                .map(g -> g.replace(' ', '.'))
                .toList();
        if (!classes.isEmpty()) {
            return new DataFormatException(name + " is a pickled Python object of class " + classes.get(0)
                    + ", which cannot be read without its Python code, and is not: unpickling runs what the file says;"
                    + " in Python, model = torch.load(...), then model.eval();"
                    + " torch.jit.script(model).save('model.pt'), and import that file");
        }
        if (skim.tensors().isEmpty()) {
            return new DataFormatException(name + " is a pickle without tensors, no model"
                    + (skim.isDamaged() ? "; it is damaged or cut short" : "") + "; " + TorchFile.EXPORT);
        }
        return new DataFormatException(
                name + " holds weights (a state_dict of " + skim.tensors().size() + " tensors: " + names(skim.tensors())
                        + ") but not the code of the model; " + TorchFile.EXPORT);
    }

    private static String names(List<PickleSkim.Tensor> tensors) {
        return tensors.stream()
                        .limit(MOST_NAMES)
                        .map(t -> t.name() + " " + t.shape())
                        .collect(Collectors.joining(", "))
                + (tensors.size() > MOST_NAMES ? ", ..." : "");
    }
}
