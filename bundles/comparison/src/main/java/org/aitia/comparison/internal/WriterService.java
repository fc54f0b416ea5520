package org.aitia.comparison.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.NotFoundException;
import org.aitia.api.StorageException;
import org.aitia.api.compare.Comparison;
import org.aitia.api.compare.ComparisonWriter;
import org.aitia.api.compare.Sweep;
import org.aitia.api.render.Chart;
import org.aitia.api.render.ChartRenderer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Writes comparisons and sweeps. Safe for several threads. */
@Component(service = ComparisonWriter.class)
public final class WriterService implements ComparisonWriter {
    private static final List<String> TEXTS = List.of("txt", "md", "csv", "json");

    // replaced by OSGi when the bundle that draws comes or goes
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ChartRenderer renderer;

    /** Creates the service. */
    @Activate
    public WriterService() {
        // charts are written once there is what draws them
    }

    /** For use without OSGi. */
    WriterService(ChartRenderer renderer) {
        this.renderer = renderer;
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    @Override
    public List<String> formats() {
        return Stream.concat(TEXTS.stream(), charts().stream()).toList();
    }

    private List<String> charts() {
        ChartRenderer present = renderer;
        return present == null ? List.of() : present.formats();
    }

    @Override
    public List<Chart> charts(Comparison comparison) {
        return Charts.of(comparison);
    }

    @Override
    public List<Chart> charts(Sweep sweep) {
        return Charts.of(sweep);
    }

    @Override
    public void write(Comparison comparison, String format, OutputStream out) throws IOException {
        switch (known(format)) {
            case "txt" -> write(Report.of(comparison).text(), out);
            case "md" -> write(Report.of(comparison).markdown(), out);
            case "csv" -> ResultCsv.write(comparison, out);
            case "json" -> ResultJson.write(comparison, out);
            default -> draw(charts(comparison), format, out);
        }
    }

    @Override
    public void write(Sweep sweep, String format, OutputStream out) throws IOException {
        switch (known(format)) {
            case "txt" -> write(Report.of(sweep).text(), out);
            case "md" -> write(Report.of(sweep).markdown(), out);
            case "csv" -> ResultCsv.write(sweep, out);
            case "json" -> ResultJson.write(sweep, out);
            default -> draw(charts(sweep), format, out);
        }
    }

    @Override
    public void write(Comparison comparison, Path file) {
        String format = known(extension(file));
        replace(file, out -> write(comparison, format, out));
    }

    @Override
    public void write(Sweep sweep, Path file) {
        String format = known(extension(file));
        replace(file, out -> write(sweep, format, out));
    }

    @Override
    public Comparison read(String json) {
        return ResultJson.readComparison(json);
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void draw(List<Chart> charts, String format, OutputStream out) throws IOException {
        ChartRenderer present = renderer;
        if (present == null) {
            throw new NotFoundException("what draws charts has just gone; choose one of " + String.join(", ", TEXTS));
        }
        if (charts.isEmpty()) {
            throw new InvalidRequestException("there is nothing to draw as " + format
                    + ": a chart of a sweep needs two goals that were measured, one of a comparison a score; choose one of "
                    + String.join(", ", TEXTS));
        }
        present.render(charts.get(0), format, out);
    }

    private String known(String format) {
        if (!formats().contains(format)) {
            throw NotFoundException.of("format of comparisons", format, formats());
        }
        return format;
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static void replace(Path file, Content content) {
        Path temporary = null;
        try {
            // not createTempFile, whose files only their owner can read
            temporary =
                    file.toAbsolutePath().resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                content.write(out);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "there is no such directory" : e.getMessage();
            throw new StorageException(
                    "cannot write " + file + ": " + reason + "; check the directory and the space left", e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void deleteQuietly(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // the write has failed already; that is what the user hears of
                temporary.toFile().deleteOnExit();
            }
        }
    }
}
