package org.aitia.shell.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.aitia.api.device.DeviceInfo;
import org.aitia.api.device.DeviceManager;
import org.aitia.api.device.LeaseInfo;
import org.aitia.shell.internal.AitiaCommand;
import org.aitia.shell.internal.Group;
import org.aitia.shell.internal.ResultArguments;
import org.aitia.shell.internal.Services;
import org.aitia.shell.internal.console.Console;
import org.aitia.shell.internal.console.Json;
import org.aitia.shell.internal.console.Table;
import org.aitia.shell.internal.console.Text;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code devices}. */
@Component(
        service = AitiaCommand.class,
        property = {"osgi.command.scope=aitia", "osgi.command.function=devices"})
public final class DevicesCommand extends AitiaCommand<DevicesCommand.Given> {

    @Command(name = "devices", header = "Lists CPU lanes and GPUs with their memory, and who computes on them.")
    static final class Given extends ResultArguments {}

    /**
     * Creates the command.
     *
     * @param services what it asks
     */
    @Activate
    public DevicesCommand(@Reference Services services) {
        super(services, Group.SYSTEM, Given::new);
    }

    @Override
    protected void run(Given given, Console console, CommandSession session) {
        DeviceManager manager = services().devices();
        List<DeviceInfo> devices = manager.devices();
        List<LeaseInfo> leases = manager.leases();
        if (given.json()) {
            new Json()
                    .put("devices", devices, DevicesCommand::json)
                    .put("leases", leases, DevicesCommand::json)
                    .print(console.out());
            return;
        }
        Table table = new Table("DEVICE", "LANES", "IN USE", "MEMORY", "LEASED", "QUEUED", "DESCRIPTION")
                .right(1, 2, 3, 4, 5);
        for (DeviceInfo device : devices) {
            table.row(
                    device.id(),
                    Integer.toString(device.lanes()),
                    Integer.toString(device.lanesInUse()),
                    Text.bytes(device.memoryBytes()),
                    Text.bytes(device.memoryLeasedBytes()),
                    Integer.toString(device.queued()),
                    device.description());
        }
        table.print(console);
        console.println("");
        if (leases.isEmpty()) {
            console.println("Nobody holds a lease.");
            return;
        }
        Table held = new Table("LEASE", "DEVICE", "MEMORY", "FOR", "PURPOSE").right(2, 3);
        Instant now = Instant.now();
        for (LeaseInfo lease : leases) {
            held.row(
                    lease.id(),
                    lease.deviceId(),
                    Text.bytes(lease.memoryBytes()),
                    Text.seconds(Duration.between(lease.since(), now)),
                    lease.purpose());
        }
        held.print(console);
    }

    private static Json json(DeviceInfo device) {
        return new Json()
                .put("id", device.id())
                .put("description", device.description())
                .put("lanes", device.lanes())
                .put("lanesInUse", device.lanesInUse())
                .put("memoryBytes", device.memoryBytes())
                .put("memoryLeasedBytes", device.memoryLeasedBytes())
                .put("queued", device.queued());
    }

    private static Json json(LeaseInfo lease) {
        return new Json()
                .put("id", lease.id())
                .put("device", lease.deviceId())
                .put("purpose", lease.purpose())
                .put("memoryBytes", lease.memoryBytes())
                .put("since", lease.since());
    }
}
