package org.aitia.shell.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.StorageException;
import org.aitia.api.TaskMonitor;
import org.aitia.api.dataset.Dataset;
import org.aitia.api.render.DatasetRenderer;
import org.aitia.shell.internal.OutputFile;
import org.aitia.shell.internal.UserPath;
import org.aitia.shell.internal.console.Console;

/**
 * Pictures of a data set, each a file of one directory.
 *
 * @param renderer draws them
 * @param directory where to; made when needed
 * @param format of the files
 */
record DatasetPictures(DatasetRenderer renderer, Path directory, String format) {

    /** Checks what can be checked before data is loaded. */
    static DatasetPictures check(DatasetRenderer renderer, String directory, String format, Console console) {
        if (!renderer.formats().contains(format)) {
            throw new InvalidRequestException("dataset: pictures come as " + String.join(" or ", renderer.formats())
                    + ", not as '" + format + "'");
        }
        Path path = UserPath.resolve(directory, console.directory());
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidRequestException(path + " is a file; name a directory for the pictures");
        }
        return new DatasetPictures(renderer, path, format);
    }

    /** Draws what the data has. */
    List<Path> write(Dataset dataset, TaskMonitor monitor) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StorageException("cannot make directory " + directory + ": " + OutputFile.reason(e), e);
        }
        List<String> pictures = renderer.pictures(dataset);
        List<Path> files = new ArrayList<>();
        for (String picture : pictures) {
            monitor.checkCancelled();
            monitor.progress("drawing", files.size(), pictures.size());
            OutputFile file = OutputFile.check(dataset.info().name() + "-" + picture + "." + format, directory);
            files.add(file.write(out -> renderer.render(picture, dataset, format, out)));
        }
        return files;
    }

    /** What a file shows, from its name. */
    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
