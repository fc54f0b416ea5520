package org.aitia.device.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.aitia.device.manager.internal.Ticket.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeviceLedgerTest {
    private final ManualTime time = new ManualTime();
    private final DeviceLedger ledger = new DeviceLedger("cpu", 2, 1000, time);

    @Test
    void aFreeLaneIsGrantedAtOnce() {
        Ticket ticket = ledger.request("train", 500);

        assertThat(ticket.state()).isEqualTo(State.GRANTED);
        assertThat(ticket.holding()).isEqualTo(new Holding("cpu-1", "train", 500, time.now(), time.nanos()));
        assertThat(ledger.snapshot()).isEqualTo(new DeviceLedger.Snapshot(List.of(ticket.holding()), 500, 0));
    }

    @Test
    void theEqualShareIsTheMemoryPerLane() {
        assertThat(new DeviceLedger("cpu", 3, 1000, time).equalShare()).isEqualTo(333);
    }

    @Test
    void aRequestBeyondTheLanesWaitsForOne() {
        Ticket first = ledger.request("first", 10);
        ledger.request("second", 10);
        Ticket third = ledger.request("third", 10);
        assertThat(third.state()).isEqualTo(State.WAITING);
        assertThat(ledger.snapshot().queued()).isEqualTo(1);

        ledger.end(first);

        assertThat(third.state()).isEqualTo(State.GRANTED);
        assertThat(first.state()).isEqualTo(State.ENDED);
        assertThat(ledger.snapshot().queued()).isZero();
    }

    @Test
    void aRequestBeyondTheMemoryWaitsAlthoughALaneIsFree() {
        Ticket first = ledger.request("first", 600);
        Ticket second = ledger.request("second", 401);
        assertThat(second.state()).isEqualTo(State.WAITING);

        ledger.end(first);

        assertThat(second.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void aLargeRequestAtTheHeadIsNotOvertakenByASmallOne() {
        Ticket holder = ledger.request("holder", 100);
        Ticket large = ledger.request("large", 1000);
        Ticket small = ledger.request("small", 1);
        assertThat(small.state()).isEqualTo(State.WAITING);

        ledger.end(holder);
        assertThat(large.state()).isEqualTo(State.GRANTED);
        assertThat(small.state()).isEqualTo(State.WAITING);

        ledger.end(large);
        assertThat(small.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void aWaiterThatGivesUpLetsThoseBehindItPass() {
        ledger.request("holder", 100);
        Ticket large = ledger.request("large", 1000);
        Ticket small = ledger.request("small", 1);

        ledger.end(large);

        assertThat(small.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void endingTwiceGivesBackOnce() {
        Ticket first = ledger.request("first", 600);
        ledger.request("second", 400);

        ledger.end(first);
        ledger.end(first);

        assertThat(ledger.snapshot().leased()).isEqualTo(400);
        assertThat(ledger.snapshot().holdings()).hasSize(1);
    }

    @Test
    void closingRefusesThoseWhoWaitAndThoseWhoComeAndLeavesHoldersAlone() {
        Ticket holder = ledger.request("holder", 1000);
        Ticket waiting = ledger.request("waiting", 1);

        ledger.close();

        assertThat(holder.state()).isEqualTo(State.GRANTED);
        assertThat(waiting.state()).isEqualTo(State.REFUSED);
        assertThat(ledger.request("late", 1).state()).isEqualTo(State.REFUSED);
        ledger.end(waiting);
        ledger.end(holder);
        assertThat(ledger.snapshot()).isEqualTo(new DeviceLedger.Snapshot(List.of(), 0, 0));
    }

    @Test
    void waitingForIdlenessEndsAtTheDeadline() throws InterruptedException {
        Ticket holder = ledger.request("holder", 1);

        assertThat(ledger.awaitIdle(time.nanos())).isFalse();
        ledger.end(holder);
        assertThat(ledger.awaitIdle(time.nanos())).isTrue();
    }

    @Test
    void theSituationNamesHoldersAndPlace() {
        ledger.request("train gcn on cora", 400);
        time.advance(Duration.ofSeconds(75));
        ledger.request("explain", 512);
        time.advance(Duration.ofMillis(300));
        ledger.request("next", 500);
        Ticket last = ledger.request("last", 1);

        assertThat(ledger.situation(last))
                .isEqualTo(
                        "number 2 of 2 in the queue; 2 of 2 lanes and 912 B of 1000 B are leased:"
                                + " cpu-1 'train gcn on cora' with 400 B for 1 min 15 s, cpu-2 'explain' with 512 B for 300 ms");
    }

    @Test
    void theSituationStaysShortHoweverManyHold() {
        DeviceLedger wide = new DeviceLedger("cpu", 64, 6400, time);
        IntStream.range(0, 64).forEach(i -> wide.request("p" + i, 1));

        assertThat(wide.situation(wide.request("last", 1))).endsWith("cpu-5 'p4' with 1 B for 0 ms and 59 more");
    }

    @Test
    void whatTheManagerMustHaveCheckedIsNotAccepted() {
        assertThatThrownBy(() -> ledger.request("none", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.request("all and more", 1001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceLedger("cpu", 0, 10, time)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Random histories, in which all that was granted must be exactly the longest prefix that fits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void grantsAreAlwaysTheLongestPrefixOfTheQueueThatFits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int lanes = random.nextInt(1, 9);
        DeviceLedger books = new DeviceLedger("gpu0", lanes, 1000, time);
        List<Ticket> holding = new ArrayList<>();
        List<Ticket> waiting = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            int open = holding.size() + waiting.size();
            if (open == 0 || (open < 40 && random.nextBoolean())) {
                waiting.add(books.request("r" + step, random.nextInt(10) == 0 ? 1000 : random.nextInt(1, 400)));
            } else {
                int index = random.nextInt(open);
                Ticket gone = index < holding.size() ? holding.remove(index) : waiting.remove(index - holding.size());
                books.end(gone);
            }
            while (!waiting.isEmpty()
                    && holding.size() < lanes
                    && sum(holding) + waiting.get(0).bytes() <= 1000) {
                holding.add(waiting.remove(0));
            }

            assertThat(holding).as("seed %d, step %d", seed, step).allMatch(t -> t.state() == State.GRANTED);
            assertThat(waiting).as("seed %d, step %d", seed, step).allMatch(t -> t.state() == State.WAITING);
            assertThat(books.snapshot().leased()).isEqualTo(sum(holding));
            assertThat(books.snapshot().queued()).isEqualTo(waiting.size());
        }
    }

    private static long sum(List<Ticket> tickets) {
        return tickets.stream().mapToLong(Ticket::bytes).sum();
    }
}
