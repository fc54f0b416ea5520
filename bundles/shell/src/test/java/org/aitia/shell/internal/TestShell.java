package org.aitia.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.jobs.internal.JobRunner;
import org.aitia.shell.internal.command.ArchitecturesCommand;
import org.aitia.shell.internal.command.BenchCommand;
import org.aitia.shell.internal.command.CancelCommand;
import org.aitia.shell.internal.command.CompareCommand;
import org.aitia.shell.internal.command.CompleteCommand;
import org.aitia.shell.internal.command.DatasetCommand;
import org.aitia.shell.internal.command.DatasetsCommand;
import org.aitia.shell.internal.command.DemoCommand;
import org.aitia.shell.internal.command.DevicesCommand;
import org.aitia.shell.internal.command.EvaluateCommand;
import org.aitia.shell.internal.command.ExitCommand;
import org.aitia.shell.internal.command.ExplainCommand;
import org.aitia.shell.internal.command.ExplainerCommand;
import org.aitia.shell.internal.command.ExplainersCommand;
import org.aitia.shell.internal.command.ExportModelCommand;
import org.aitia.shell.internal.command.HelpCommand;
import org.aitia.shell.internal.command.ImportModelCommand;
import org.aitia.shell.internal.command.JobsCommand;
import org.aitia.shell.internal.command.MetricCommand;
import org.aitia.shell.internal.command.MetricsCommand;
import org.aitia.shell.internal.command.ModelCommand;
import org.aitia.shell.internal.command.ModelsCommand;
import org.aitia.shell.internal.command.PredictCommand;
import org.aitia.shell.internal.command.RemoveModelCommand;
import org.aitia.shell.internal.command.RemoveTrainedExplainerCommand;
import org.aitia.shell.internal.command.RenameModelCommand;
import org.aitia.shell.internal.command.ScoreCommand;
import org.aitia.shell.internal.command.StartCommand;
import org.aitia.shell.internal.command.SuitesCommand;
import org.aitia.shell.internal.command.SweepCommand;
import org.aitia.shell.internal.command.TrainCommand;
import org.aitia.shell.internal.command.TrainExplainerCommand;
import org.aitia.shell.internal.command.TrainedExplainerCommand;
import org.aitia.shell.internal.command.TrainedExplainersCommand;
import org.aitia.shell.internal.command.UnknownCommand;
import org.aitia.shell.internal.command.VersionCommand;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;

/** The real Gogo with the real commands and the real jobs, over a small world in memory. */
public final class TestShell implements AutoCloseable {
    /** What the tests see of a call. */
    public record Answer(String out, String err, Optional<Exception> failure) {
        /** Returns the text of the failure. */
        public String error() {
            return failure.orElseThrow(() -> new AssertionError("the command succeeded: " + out))
                    .toString();
        }
    }

    public final TinyWorld world = new TinyWorld();
    public final Map<String, String> properties = new HashMap<>();
    public final JobRunner jobs = new JobRunner();
    public final Services services;
    public final List<AitiaCommand<?>> commands;
    public boolean exited;

    private final CommandProcessorImpl processor;
    private final ThreadIOImpl threadIo = new ThreadIOImpl();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CommandSession session;

    public TestShell(Path directory) {
        properties.put("aitia.ascii", "true");
        services = new Services(
                name -> Optional.ofNullable(properties.get(name)),
                "1.2.3",
                () -> allCommands(),
                () -> exited = true,
                part -> Diagnosis.of(part, List.of()));
        services.jobs = jobs;
        services.datasets = world.datasets;
        services.models = world.models;
        services.trainer = world.trainer;
        services.predictor = world.predictor;
        services.exchange = world.exchange;
        services.datasetRenderer = world.datasetRenderer;
        services.explanations = world.explanations;
        services.explanationIo = world.explanationIo;
        services.devices = world.devices;
        services.metrics = world.metrics;
        services.benchmarks = world.benchmarks;
        services.comparisons = world.comparing;
        services.sweeps = world.sweeping;
        services.comparisonWriter = world.comparisonWriter;
        services.trainedExplainers = world.trainedExplainers;
        services.renderers.addAll(world.renderers);
        commands = List.of(
                new ArchitecturesCommand(services),
                new BenchCommand(services),
                new CancelCommand(services),
                new CompareCommand(services),
                new DatasetCommand(services),
                new DatasetsCommand(services),
                new DemoCommand(services),
                new DevicesCommand(services),
                new EvaluateCommand(services),
                new ExitCommand(services),
                new ExplainCommand(services),
                new ExplainerCommand(services),
                new ExplainersCommand(services),
                new ExportModelCommand(services),
                new HelpCommand(services),
                new ImportModelCommand(services),
                new JobsCommand(services),
                new MetricCommand(services),
                new MetricsCommand(services),
                new ModelCommand(services),
                new ModelsCommand(services),
                new PredictCommand(services),
                new RemoveModelCommand(services),
                new RemoveTrainedExplainerCommand(services),
                new RenameModelCommand(services),
                new ScoreCommand(services),
                new StartCommand(services),
                new SuitesCommand(services),
                new SweepCommand(services),
                new TrainCommand(services),
                new TrainExplainerCommand(services),
                new TrainedExplainerCommand(services),
                new TrainedExplainersCommand(services),
                new UnknownCommand(services),
                new VersionCommand(services));
        threadIo.start();
        processor = new CommandProcessorImpl(threadIo);
        commands.forEach(command -> processor.addCommand("aitia", command, command.name()));
        processor.addCommand("aitia", new CompleteCommand(services), "__complete");
        session = processor.createSession(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        session.put("SCOPE", "aitia:*");
        session.currentDir(directory);
    }

    private List<AitiaCommand<?>> allCommands() {
        return commands;
    }

    /** Adds another command, for example one that the terminal would bring. */
    public void add(String scope, String name, Function function) {
        processor.addCommand(scope, function, name);
    }

    public CommandSession session() {
        return session;
    }

    /** Runs a line as the user would type it. */
    public Answer run(String line) {
        out.reset();
        err.reset();
        Optional<Exception> failure = Optional.empty();
        try {
            session.execute(line);
        } catch (Exception e) {
            failure = Optional.of(e);
        }
        return new Answer(
                out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"),
                err.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"),
                failure);
    }

    /** Runs a line that must succeed. */
    public String ok(String line) {
        Answer answer = run(line);
        answer.failure().ifPresent(e -> {
            throw new AssertionError("'" + line + "' failed", e);
        });
        return answer.out();
    }

    /** Runs a line that must fail and returns the one line of its error. */
    public String error(String line) {
        Answer answer = run(line);
        String error = answer.error();
        if (error.contains("\n") || !answer.out().isEmpty()) {
            throw new AssertionError("more than one line: " + error + answer.out());
        }
        return error;
    }

    @Override
    public void close() {
        session.close();
        jobs.close();
        processor.stop();
        threadIo.stop();
    }
}
