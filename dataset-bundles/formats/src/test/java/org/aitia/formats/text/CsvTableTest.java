package org.aitia.formats.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.api.DataFormatException;
import org.aitia.formats.ByteSource;
import org.aitia.formats.Damage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    private static List<List<String>> rows(byte[] bytes) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvTable table = CsvTable.open(ByteSource.of("x.csv", bytes))) {
            for (Optional<CsvTable.Row> row = table.next(); row.isPresent(); row = table.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < table.columns().size(); i++) {
                    fields.add(row.get().text(i));
                }
                rows.add(fields);
            }
        }
        return rows;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static CsvTable.Row second(String text) {
        try (CsvTable table = CsvTable.open(ByteSource.of("x.csv", utf8(text)))) {
            table.next();
            return table.next().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id,name\n1,a\n2,b\n",
                "id,name\r\n1,a\r\n2,b",
                "\uFEFFid,name\r1,a\r2,b\r",
                "\n\nid , name\n\n1, a \n  \n2,\"b\"\n\n"
            })
    void headerAndRowsAreReadHoweverLinesEnd(String text) {
        assertThat(rows(utf8(text))).containsExactly(List.of("1", "a"), List.of("2", "b"));
    }

    @Test
    void quotedFieldsHoldAnything() {
        assertThat(rows(utf8("a,b\n\"x, \"\"y\"\"\nz\",2\n"))).containsExactly(List.of("x, \"y\"\nz", "2"));
    }

    @Test
    void emptyFieldsOfASingleColumnAreRows() {
        assertThat(rows(utf8("a\n1\n\"\"\n2\n"))).containsExactly(List.of("1"), List.of(""), List.of("2"));
    }

    @Test
    void errorsNameLineAndColumn() {
        CsvTable.Row row = second("id,age\n1,\"2\n2\"\nx,\n");
        assertThat(row.line()).isEqualTo(4);
        assertThatThrownBy(() -> row.whole(0))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("file x.csv, line 4: expected a whole number in column 'id', found 'x'; correct the line or"
                        + " fetch the file anew");
        assertThatThrownBy(() -> row.number(1))
                .hasMessageContaining("expected a number in column 'age', found nothing");
        assertThatThrownBy(() -> second("id,age\n1,2\n3,4\n").whole(1, 0, 3))
                .hasMessageContaining("line 3: expected a whole number from 0 to 3 in column 'age', found '4'");
    }

    @Test
    void rowsHaveAsManyFieldsAsTheHeader() {
        assertThatThrownBy(() -> rows(utf8("a,b\n1,2\n1,2,3\n")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("x.csv, line 3: expected 2 fields as in the header, found 3");
        assertThatThrownBy(() -> rows(utf8("a,b\n1\n"))).hasMessageContaining("line 2: expected 2 fields");
    }

    @Test
    void headersNameEveryColumnOnce() {
        assertThatThrownBy(() -> rows(utf8("a,a\n")))
                .hasMessageContaining("line 1: expected a header with a different name for each column, found column 2"
                        + " named 'a'; name every column once");
        assertThatThrownBy(() -> rows(utf8("a,,b\n"))).hasMessageContaining("found column 2 named ''");
        assertThatThrownBy(() -> rows(new byte[0]))
                .hasMessageContaining("expected a header with the names of columns, found an empty file");
    }

    @Test
    void missingColumnsAreTold() {
        try (CsvTable table = CsvTable.open(ByteSource.of("x.csv", utf8("from,to\n")))) {
            assertThat(table.require("to")).isEqualTo(1);
            assertThatThrownBy(() -> table.require("weight"))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining(
                            "expected a column 'weight', found only 'from, to'; add or rename the column");
        }
    }

    @Test
    void otherEncodingsAndEndlessQuotesAreRefused() {
        assertThatThrownBy(() -> rows(new byte[] {'a', '\n', (byte) 0xe9, '\n'}))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected text in UTF-8, found other bytes; save it in UTF-8");
        assertThatThrownBy(() -> rows(utf8("a\n\"" + "x".repeat(1 << 25))))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 2 or after")
                .hasMessageContaining("look for a quote that does not end");
    }

    @Test
    void damageIsReadOrRefusedButNothingElse() throws Exception {
        byte[] whole = utf8("\uFEFFid,name,age\r\n1,\"a, b\",3\n2,\"c\"\"d\",4.5\r3,é,6\n\n4,f,7");
        int refused = Damage.assertReadOrRefused(whole, 5000, 31, CsvTableTest::rows);
        assertThat(refused).isBetween(1000, 5000);
    }
}
