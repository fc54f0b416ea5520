package org.aitia.models.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aitia.api.DataFormatException;
import org.aitia.api.model.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from strangers are read, or refused with one line, whatever they hold. */
class SafetensorsTest {
    private static byte[] file(long headerLength, String header, int values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + 4 * values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .put(json)
                .array();
    }

    private static byte[] file(String header, int values) {
        return file(header.length(), header, values);
    }

    @Test
    void parametersComeBackInTheirOrder() {
        List<Parameter> parameters = List.of(
                new Parameter("z", new long[] {2, 3}, new float[] {1, -2, 3, Float.MIN_VALUE, Float.NaN, 0}, true),
                new Parameter("a.running_mean", new long[] {1}, new float[] {7}, false),
                new Parameter("scalar", new long[] {}, new float[] {5}, true),
                new Parameter("empty", new long[] {0, 4}, new float[] {}, true));
        List<Parameter> read = Safetensors.read(Safetensors.write(parameters), "f");
        assertThat(read)
                .extracting(Parameter::name)
                .containsExactlyInAnyOrder("z", "a.running_mean", "scalar", "empty");
        assertThat(read.get(0).name()).isEqualTo("z");
        assertThat(read.get(0).values()).isEqualTo(parameters.get(0).values());
        assertThat(read.get(0).shape()).containsExactly(2, 3);
        assertThat(read.get(1).isTrainable()).isFalse();
        assertThat(read.get(2).shape()).isEmpty();
    }

    @Test
    void filesOfOtherWritersAreRead() {
        byte[] content = file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 2);
        assertThat(Safetensors.read(content, "f")).singleElement().satisfies(p -> {
            assertThat(p.name()).isEqualTo("w");
            assertThat(p.isTrainable()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 58, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void absurdHeaderLengthsAreRefused(long length) {
        byte[] content = file(length, "{\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 0);
        assertThatThrownBy(() -> Safetensors.read(content, "dir/weights"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageStartingWith("dir/weights is no readable safetensors file")
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | header",
                "{\"w\":5} | header",
                "{\"w\":{}} | header",
                "{\"w\" | header",
                "{\"w\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}} | type F16",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,4]}} | does not fit",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | does not fit",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | does not fit",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | outside its place",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | outside its place",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | follow the last",
                "{} | follow the last"
            })
    void headersThatDoNotFitTheFileAreRefused(String header, String reason) {
        assertThatThrownBy(() -> Safetensors.read(file(header, 1), "f"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(reason);
    }
}
