package org.aitia.models.internal.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aitia.api.model.Parameter;
import org.aitia.models.internal.predict.Scores;
import org.aitia.models.internal.record.CsvLog;
import org.aitia.models.internal.record.EpochLog;
import org.aitia.models.internal.record.TensorBoardLog;

/** The logs that a request asks for. */
final class Recorder implements AutoCloseable {
    private final List<EpochLog> logs = new ArrayList<>();
    private final int histogramEvery;
    private final Optional<Path> projector;

    private Recorder(int histogramEvery, Optional<Path> projector) {
        this.histogramEvery = histogramEvery;
        this.projector = projector;
    }

    /**
     * Opens the logs.
     *
     * @param options which ones
     * @param directory where they go
     * @param after the epoch that training goes on from
     */
    static Recorder open(TrainerOptions options, Path directory, int after) {
        boolean board = options.log() == TrainerOptions.Log.TENSORBOARD || options.log() == TrainerOptions.Log.BOTH;
        boolean table = options.log() == TrainerOptions.Log.CSV || options.log() == TrainerOptions.Log.BOTH;
        Recorder recorder = new Recorder(options.histogramEvery(), board ? Optional.of(directory) : Optional.empty());
        try {
            if (table) {
                recorder.logs.add(CsvLog.open(directory, after));
            }
            if (board) {
                recorder.logs.add(TensorBoardLog.open(directory, after));
            }
            return recorder;
        } catch (RuntimeException e) {
            recorder.close();
            throw e;
        }
    }

    boolean isOn() {
        return !logs.isEmpty();
    }

    /** Where embeddings are to be written. */
    Optional<Path> projector() {
        return projector;
    }

    void record(int epoch, Scores train, Optional<Scores> validation, double rate, double seconds) {
        EpochLog.Epoch entry = new EpochLog.Epoch(
                epoch, measures(train), validation.map(Recorder::measures).orElse(Map.of()), rate, seconds);
        logs.forEach(log -> log.scalars(entry));
    }

    private static Map<String, Double> measures(Scores scores) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("loss", scores.loss());
        measures.put("accuracy", scores.accuracy());
        measures.put("macroF1", scores.macroF1());
        measures.put("rocAuc", scores.rocAuc());
        return measures;
    }

    void weights(int epoch, boolean last, Supplier<List<Parameter>> weights) {
        if (projector.isPresent() && histogramEvery > 0 && (last || epoch == 1 || epoch % histogramEvery == 0)) {
            List<Parameter> values = weights.get();
            logs.forEach(log -> log.weights(epoch, values));
        }
    }

    @Override
    public void close() {
        logs.forEach(EpochLog::close);
    }
}
