package org.aitia.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionSchemaTest {
    enum Pooling {
        MEAN,
        MAX,
        MEAN_AND_MAX
    }

    record Options(
            @Option(description = "steps", defaultValue = "100", min = 1)
            int epochs,

            @Option(description = "seed", defaultValue = "0")
            long seed,

            @Option(
                    description = "learning rate",
                    defaultValue = "0.01",
                    min = 0,
                    minExclusive = true,
                    aliases = {"learning_rate", "eta"},
                    source = "Kingma and Ba 2015")
            double lr,

            @Option(description = "dropout", defaultValue = "0.5", min = 0, max = 1, maxExclusive = true)
            double dropout,

            @Option(description = "anything", defaultValue = "-1e-3")
            double free,

            @Option(description = "bias", defaultValue = "true")
            boolean bias,

            @Option(description = "pooling", defaultValue = "mean")
            Pooling pooling,

            @Option(description = "a name", defaultValue = " a b ")
            String name) {}

    private final OptionSchema<Options> schema = OptionSchema.of(Options.class);

    @Test
    void whatIsMissingTakesItsDefault() {
        assertThat(schema.parse(Map.of()))
                .isEqualTo(new Options(100, 0, 0.01, 0.5, -0.001, true, Pooling.MEAN, " a b "));
    }

    @Test
    void everyTypeIsRead() {
        assertThat(schema.parse(Map.of(
                        "epochs", " 7 ",
                        "seed", "-9223372036854775808",
                        "eta", "1e-2",
                        "dropout", "0",
                        "free", "3",
                        "bias", "FALSE",
                        "pooling", "Mean_and_Max",
                        "name", "")))
                .isEqualTo(new Options(7, Long.MIN_VALUE, 0.01, 0, 3, false, Pooling.MEAN_AND_MAX, ""));
    }

    @Test
    void formattedOptionsParseToThemselves() {
        Options options = new Options(3, Long.MAX_VALUE, 0.1, 0.25, -1.0 / 3, false, Pooling.MEAN_AND_MAX, "x=y");
        Map<String, String> text = schema.format(options);
        assertThat(text.keySet()).containsExactly("epochs", "seed", "lr", "dropout", "free", "bias", "pooling", "name");
        assertThat(text).containsEntry("pooling", "mean-and-max").containsEntry("bias", "false");
        assertThat(schema.parse(text)).isEqualTo(options);
    }

    @Test
    void specsDescribeWhatUsersSee() {
        List<OptionSpec> specs = schema.specs();
        assertThat(specs)
                .extracting(OptionSpec::type)
                .containsExactly(
                        OptionSpec.Type.INTEGER,
                        OptionSpec.Type.INTEGER,
                        OptionSpec.Type.NUMBER,
                        OptionSpec.Type.NUMBER,
                        OptionSpec.Type.NUMBER,
                        OptionSpec.Type.BOOLEAN,
                        OptionSpec.Type.CHOICE,
                        OptionSpec.Type.TEXT);
        assertThat(specs)
                .extracting(OptionSpec::range)
                .containsExactly(">= 1", "", "> 0", ">= 0 and < 1", "", "true, false", "mean, max, mean-and-max", "");
        assertThat(specs.get(2))
                .isEqualTo(new OptionSpec(
                        "lr",
                        List.of("learning_rate", "eta"),
                        OptionSpec.Type.NUMBER,
                        "0.01",
                        "> 0",
                        List.of(),
                        "learning rate",
                        "Kingma and Ba 2015"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            epochs  | 0           | option 'epochs' must be >= 1, not '0'
            epochs  | 1.5         | option 'epochs' takes a whole number, not '1.5'
            epochs  | ten         | option 'epochs' takes a whole number, not 'ten'
            epochs  | 99999999999 | option 'epochs' takes a whole number from -2147483648 to 2147483647, not '99999999999'
            lr      | 0           | option 'lr' must be > 0, not '0'
            eta     | -1          | option 'lr' must be > 0, not '-1'
            lr      | Infinity    | option 'lr' must be a finite number, not 'Infinity'
            free    | NaN         | option 'free' must be a finite number, not 'NaN'
            free    | 1e999       | option 'free' must be a finite number, not '1e999'
            free    | much        | option 'free' takes a number, not 'much'
            dropout | 1           | option 'dropout' must be >= 0 and < 1, not '1'
            bias    | yes         | option 'bias' takes one of true, false, not 'yes'
            pooling | sum         | option 'pooling' takes one of mean, max, mean-and-max, not 'sum'
            epoch   | 5           | unknown option 'epoch'; did you mean 'epochs'?
            """)
    void badValueIsRefusedWithOneClearLine(String name, String value, String message) {
        assertThatThrownBy(() -> schema.parse(Map.of(name, value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void optionGivenUnderTwoNamesIsRefused() {
        Map<String, String> twice = new LinkedHashMap<>();
        twice.put("lr", "0.1");
        twice.put("eta", "0.2");
        assertThatThrownBy(() -> schema.parse(twice))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("option 'lr' is given twice, once as 'eta'; give it once");
    }

    record Checked(
            @Option(description = "low", defaultValue = "0") int low,

            @Option(description = "high", defaultValue = "1")
            int high) {
        Checked {
            if (low > high) {
                throw new InvalidRequestException("low " + low + " is above high " + high);
            }
        }
    }

    @Test
    void whatTheRecordItselfRefusesIsToldAsItIs() {
        assertThatThrownBy(() -> OptionSchema.of(Checked.class).parse(Map.of("low", "2")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("low 2 is above high 1");
    }

    record Bare(int number) {}

    record Odd(
            @Option(description = "a list", defaultValue = "")
            List<String> list) {}

    record Wrong(
            @Option(description = "a number", defaultValue = "0", min = 1)
            int number) {}

    record Clash(
            @Option(description = "a", defaultValue = "0") int first,

            @Option(description = "b", defaultValue = "0", aliases = "first")
            int second) {}

    @Test
    void mistakesInTheDeclarationAreFoundWhenItIsRead() {
        assertThatThrownBy(() -> OptionSchema.of(Bare.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'number' of")
                .hasMessageContaining("has no @Option");
        assertThatThrownBy(() -> OptionSchema.of(Odd.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option 'list' has unsupported type java.util.List");
        assertThatThrownBy(() -> OptionSchema.of(Wrong.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invalid default in ")
                .hasMessageEndingWith("option 'number' must be >= 1, not '0'");
        assertThatThrownBy(() -> OptionSchema.of(Clash.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two options are called 'first'");
    }
}
