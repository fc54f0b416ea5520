package org.aitia.explanations.internal;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.aitia.api.StorageException;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.explain.ExplanationResult;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Explanations as JSON files, with an npz file beside them where masks are large. */
@Component(service = ExplanationIo.class)
public final class ExplanationJson implements ExplanationIo {
    static final String FORMAT = "aitia-explanation";
    static final int VERSION = 1;

    /** Values of masks beyond which a document would have several megabytes of them. */
    private static final long LARGE = 250_000;

    private static final Logger log = LoggerFactory.getLogger(ExplanationJson.class);

    private final long large;

    /** Creates the service. */
    @Activate
    public ExplanationJson() {
        this(LARGE);
    }

    ExplanationJson(long large) {
        this.large = large;
    }

    @Override
    public void write(ExplanationResult result, OutputStream out) throws IOException {
        write(result, Optional.empty(), out);
    }

    private static void write(ExplanationResult result, Optional<MaskFile.Reference> maskFile, OutputStream out)
            throws IOException {
        JsonWriter json = new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        new ExplanationWriter(json, maskFile).write(result);
    }

    @Override
    public void write(ExplanationResult result, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = null;
        try {
            Optional<MaskFile.Reference> maskFile = MaskFile.size(result.explanations()) > large
                    ? Optional.of(MaskFile.write(result.explanations(), file))
                    : Optional.empty();
            temporary = Temporary.beside(directory, file.getFileName().toString());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                write(result, maskFile, out);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
            tidy(file, maskFile);
        } catch (IOException e) {
            throw new StorageException(
                    "cannot write " + file + ": " + reason(e) + "; check the directory and the space left", e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void tidy(Path file, Optional<MaskFile.Reference> maskFile) {
        try {
            MaskFile.tidy(file, maskFile);
        } catch (IOException e) {
            log.warn("masks of the file that {} replaces stay beside it: {}", file, e.getMessage());
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

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such directory" : String.valueOf(e.getMessage());
    }

    @Override
    public ExplanationResult read(Path file) {
        try {
            return new ExplanationReader(file).read();
        } catch (NoSuchFileException e) {
            throw new StorageException("there is no file " + file, e);
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
