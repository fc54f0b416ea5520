package org.aitia.shell.internal.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.compare.ComparisonWriter;
import org.aitia.shell.internal.OutputFile;
import org.aitia.shell.internal.console.Console;

/** The files that a comparison or sweep is written to, and its print on the console. */
final class TableFiles {
    private record File(OutputFile file, String format) {}

    private final ComparisonWriter writer;
    private final List<File> files = new ArrayList<>();

    /** Writes in one format. */
    @FunctionalInterface
    interface Content {
        void write(ComparisonWriter writer, String format, OutputStream out) throws IOException;
    }

    /**
     * Checks the files before anything is computed.
     *
     * @param given what was typed; may be null
     */
    TableFiles(String command, List<String> given, ComparisonWriter writer, Path directory) {
        this.writer = writer;
        for (String file : given == null ? List.<String>of() : given) {
            String format = file.substring(file.lastIndexOf('.') + 1);
            if (!writer.formats().contains(format)) {
                throw new InvalidRequestException(command + ": the ending of --out " + file
                        + " says no format; choose one of " + String.join(", ", writer.formats()));
            }
            files.add(new File(OutputFile.check(file, directory), format));
        }
    }

    /** Writes all files. */
    List<Path> write(Content content) {
        return files.stream()
                .map(f -> f.file().write(out -> content.write(writer, f.format(), out)))
                .toList();
    }

    /** Prints the table, or the JSON document. */
    void print(Content content, boolean json, List<Path> written, Console console) {
        try {
            content.write(writer, json ? "json" : "txt", console.out());
        } catch (IOException e) {
            throw new StorageException("cannot print the result: " + e.getMessage(), e);
        }
        if (json) {
            console.out().println();
        } else {
            written.forEach(file -> console.println("Written to " + file + "."));
        }
    }
}
