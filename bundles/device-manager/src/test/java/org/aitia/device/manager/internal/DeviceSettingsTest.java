package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.aitia.api.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSettingsTest {
    private static final Machine MACHINE = new Machine("a processor", 8, 16_000, 4_000);

    @Test
    void withoutConfigurationTheCoresAndHalfOfTheMemoryOutsideTheHeapAreShared() {
        DeviceSettings settings = read(Map.of());

        assertThat(settings.cpuLanes()).isEqualTo(8);
        assertThat(settings.cpuMemory()).isEqualTo(6_000);
        assertThat(settings.gpuLanes()).isEqualTo(1);
        assertThat(settings.gpuReserve()).isEqualTo("1GiB");
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everythingCanBeConfigured() {
        DeviceSettings settings = read(Map.of(
                "aitia.cpu.lanes", " 3 ",
                "aitia.cpu.memory", "1k",
                "aitia.gpu.lanes", "2",
                "aitia.gpu.reserve", "10%",
                "aitia.device.grace.seconds", "0"));

        assertThat(settings.cpuLanes()).isEqualTo(3);
        assertThat(settings.cpuMemory()).isEqualTo(1024);
        assertThat(settings.gpuLanes()).isEqualTo(2);
        assertThat(settings.gpuReserve()).isEqualTo("10%");
        assertThat(settings.grace()).isZero();
    }

    @Test
    void anEmptyValueIsNoValue() {
        assertThat(read(Map.of("aitia.cpu.lanes", " ")).cpuLanes()).isEqualTo(8);
    }

    @Test
    void aHeapThatMayGrowOverEverythingLeavesAQuarter() {
        assertThat(new Machine("", 8, 16_000, 15_000).memoryOutsideHeap()).isEqualTo(4_000);
        assertThat(new Machine("", 8, 16_000, Long.MAX_VALUE).memoryOutsideHeap())
                .isEqualTo(4_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "two", "1.5", "1025", "99999999999"})
    void lanesMustBeASensibleNumber(String text) {
        assertThatThrownBy(() -> read(Map.of("aitia.cpu.lanes", text)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("aitia.cpu.lanes must be a whole number from 1 to 1024, but is '" + text
                        + "'; correct or remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "0", "0%", "-4g"})
    void memoryMustBeAnAmount(String text) {
        assertThatThrownBy(() -> read(Map.of("aitia.cpu.memory", text)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("aitia.cpu.memory must be an amount of memory such as 4GiB, or per cent of the memory"
                        + " outside the Java heap such as 50%, but is '" + text + "'; correct or remove it");
    }

    @Test
    void theReserveMustBeAnAmount() {
        assertThatThrownBy(() -> read(Map.of("aitia.gpu.reserve", "some")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("aitia.gpu.reserve must be an amount of memory such as 4GiB,");
    }

    @Test
    void thisMachineIsPlausible() {
        Machine here = Machine.here();

        assertThat(here.processor()).isNotBlank();
        assertThat(here.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(here.memoryOutsideHeap()).isBetween(here.memory() / 4, here.memory());
    }

    private static DeviceSettings read(Map<String, String> configuration) {
        return DeviceSettings.read(key -> Optional.ofNullable(configuration.get(key)), MACHINE);
    }
}
