package org.aitia.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aitia.api.job.JobInfo;
import org.aitia.shell.internal.TestShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsCommandTest {
    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private JsonObject firstJob() {
        return JsonParser.parseString(shell.ok("jobs --json"))
                .getAsJsonObject()
                .getAsJsonArray("jobs")
                .get(0)
                .getAsJsonObject();
    }

    @Test
    void finishedWorkIsListed() {
        assertThat(shell.ok("jobs")).isEqualTo("There was no work yet.\n");
        shell.ok("train -d chain -a gcn");
        assertThat(shell.ok("jobs")).contains(" 1  train  gcn on chain  done ");
        JsonObject job = firstJob();
        assertThat(job.get("id").getAsLong()).isEqualTo(1);
        assertThat(job.get("kind").getAsString()).isEqualTo("train");
        assertThat(job.get("state").getAsString()).isEqualTo("done");
        assertThat(job.get("error").isJsonNull()).isTrue();
    }

    @Test
    void failedWorkSaysWhy() {
        shell.error("train -d chian -a gcn");
        assertThat(firstJob().get("state").getAsString()).isEqualTo("failed");
        assertThat(shell.ok("jobs")).contains("unknown data set 'chian'; did you mean 'chain'?");
    }

    @Test
    void workInTheBackgroundCanBeCancelled() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        shell.world.gate = Optional.of(never);
        shell.ok("explain -m chain-gcn -x gnnexplainer --all &");
        assertThat(shell.world.explaining.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(firstJob().get("state").getAsString()).isEqualTo("running");
        assertThat(firstJob().get("description").getAsString()).isEqualTo("gnnexplainer on chain-gcn, all");

        assertThat(shell.ok("cancel 1")).isEqualTo("Job 1 is being cancelled.\n");
        while (shell.jobs.list().get(0).state() == JobInfo.State.RUNNING) {
            Thread.onSpinWait();
        }
        assertThat(firstJob().get("state").getAsString()).isEqualTo("cancelled");
        assertThat(shell.ok("cancel 1")).isEqualTo("Job 1 had already ended.\n");
        assertThat(shell.ok("cancel 1 --json")).contains("\"cancelled\": false");
    }

    @Test
    void onlyJobsThatExistCanBeCancelled() {
        assertThat(shell.error("cancel 7")).startsWith("aitia: unknown job 7");
    }

    @Test
    void cancellingFromElsewhereEndsTheCommand() throws InterruptedException {
        shell.world.gate = Optional.of(new CountDownLatch(1));
        Thread other = new Thread(() -> {
            try {
                shell.world.explaining.await();
                shell.jobs.cancel(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        assertThat(shell.error("explain -m chain-gcn -x gnnexplainer -n 0 --out never.json"))
                .startsWith("aitia: ")
                .contains("cancelled");
        other.join();
        assertThat(directory).isEmptyDirectory();
    }
}
