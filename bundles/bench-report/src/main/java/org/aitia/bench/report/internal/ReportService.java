package org.aitia.bench.report.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.bench.BenchResult;
import org.aitia.api.bench.BenchWriter;
import org.aitia.api.bench.Suite;
import org.aitia.api.dataset.Datasets;
import org.aitia.api.explain.ExplanationIo;
import org.aitia.api.render.ChartRenderer;
import org.aitia.api.render.PanelRenderer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Writes reports. Safe for several threads. */
@Component(service = BenchWriter.class)
public final class ReportService implements BenchWriter {
    // each is replaced by OSGi when its bundle comes or goes; without one the report lacks what it takes
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ChartRenderer charts;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PanelRenderer panels;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ExplanationIo io;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Datasets datasets;

    /** Creates the service. */
    @Activate
    public ReportService() {
        // pictures are drawn once there is what draws them
    }

    /** For use without OSGi. */
    ReportService(ChartRenderer charts, PanelRenderer panels, ExplanationIo io, Datasets datasets) {
        this.charts = charts;
        this.panels = panels;
        this.io = io;
        this.datasets = datasets;
    }

    @Override
    public List<Path> write(BenchResult result, Path directory) {
        Suite suite = result.request().suite();
        Names names = new Names(suite);
        Pictures pictures = new Pictures(Optional.ofNullable(charts));
        Examples examples = new Examples(
                result,
                names,
                pictures,
                new Examples.Tools(
                        Optional.ofNullable(panels), Optional.ofNullable(io), Optional.ofNullable(datasets)));
        String suiteFile = suiteFile(suite);
        Sheet report = new ReportSheet(result, names, pictures, examples, suiteFile).sheet();
        List<Sheet> tables = new TablesSheet(result, names).parts();

        ReportFiles files = new ReportFiles(directory);
        files.write(ReportSheet.FILE, report.markdown());
        files.write(HtmlPage.FILE, HtmlPage.of(suite, report, tables, pictures.files()));
        files.write(TablesSheet.FILE, tables(suite, tables).markdown());
        files.write(ResultCsv.RUNS, ResultCsv.runs(result));
        files.write(ResultCsv.SUMMARY, ResultCsv.summary(result));
        files.write(ResultJson.FILE, ResultJson.of(result));
        files.write(suiteFile, suite.document().isEmpty() ? "\n" : suite.document());
        pictures.files().forEach(files::write);
        return files.written();
    }

    private static Sheet tables(Suite suite, List<Sheet> parts) {
        Sheet sheet = new Sheet()
                .heading(1, ReportSheet.title(suite) + ": all tables")
                .paragraph("To the " + Sheet.link("report", ReportSheet.FILE) + ". " + TablesSheet.LEGEND);
        parts.forEach(sheet::add);
        return sheet;
    }

    private static String suiteFile(Suite suite) {
        List<String> name = new ArrayList<>();
        suite.name().codePoints().forEach(c -> name.add(Character.isLetterOrDigit(c) ? Character.toString(c) : "-"));
        String ending = suite.document().strip().startsWith("{") ? ".json" : ".yaml";
        return (name.isEmpty() ? "suite" : String.join("", name)) + ending;
    }
}
