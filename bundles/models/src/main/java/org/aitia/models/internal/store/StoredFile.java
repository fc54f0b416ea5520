package org.aitia.models.internal.store;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file beside {@code model.json}. Its name holds the start of its checksum, so that a changed file is another file.
 *
 * @param file its name
 * @param bytes its length
 * @param sha256 its checksum, in hexadecimal
 */
record StoredFile(String file, long bytes, String sha256) {
    private static final int DIGITS_IN_NAME = 16;
    private static final String WEIGHTS = "weights-";
    private static final String ATTACHED = "attached-";

    static StoredFile weights(byte[] content) {
        String sha256 = Sha256.of(content);
        return new StoredFile(WEIGHTS + sha256.substring(0, DIGITS_IN_NAME) + ".safetensors", content.length, sha256);
    }

    static StoredFile attached(String name, byte[] content) {
        String sha256 = Sha256.of(content);
        return new StoredFile(
                ATTACHED + sha256.substring(0, DIGITS_IN_NAME) + "-" + ModelNames.checkFile(name),
                content.length,
                sha256);
    }

    /** Tells whether the store gives files such names. */
    static boolean isOurs(String name) {
        return name.startsWith(WEIGHTS) || name.startsWith(ATTACHED);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("file", file);
        json.addProperty("bytes", bytes);
        json.addProperty("sha256", sha256);
        return json;
    }

    static StoredFile read(JsonObject json) {
        return new StoredFile(
                json.get("file").getAsString(),
                json.get("bytes").getAsLong(),
                json.get("sha256").getAsString());
    }

    /** Returns where the file is, or refuses one outside the directory of the model. */
    Path in(Path directory) {
        if (!ModelNames.isFile(file)) {
            throw ModelDocument.damaged(
                    directory.resolve("model.json").toString(), "it names a file outside its directory");
        }
        return directory.resolve(file);
    }

    void checkLength(Path directory) throws IOException {
        checkLength(in(directory), Files.size(in(directory)));
    }

    private void checkLength(Path path, long found) {
        if (found != bytes) {
            throw ModelDocument.damaged(path.toString(), "it has " + found + " bytes of the " + bytes + " stored");
        }
    }

    byte[] read(Path directory) throws IOException {
        Path path = in(directory);
        byte[] content = Files.readAllBytes(path);
        checkLength(path, content.length);
        String found = Sha256.of(content);
        if (!found.equals(sha256)) {
            throw ModelDocument.damaged(
                    path.toString(), "its checksum is " + found + ", not " + sha256 + " as when stored");
        }
        return content;
    }
}
