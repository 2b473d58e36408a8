package org.hearthnet.node.plan.article;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.plan.catalog.PlanJson;

/** A line of the lists of published figures. */
record Published(
        String id, String area, String quantity, String inputs, List<Double> values, String unit, String note) {
    private static final int COLUMNS = 7;

    /** Both lists. */
    static List<Published> all() {
        List<Published> out = new ArrayList<>(read("figures.csv"));
        out.addAll(read("text-figures.csv"));
        return out;
    }

    private static List<Published> read(String name) {
        String text = new String(PlanJson.bytes(Published.class, name), StandardCharsets.UTF_8);
        return text.lines()
                .skip(1)
                .filter(l -> !l.isBlank())
                .map(Published::parse)
                .toList();
    }

    private static Published parse(String line) {
        List<String> cells = cells(line);
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException("the program is not whole: not " + COLUMNS + " columns in: " + line);
        }
        return new Published(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                numbers(cells.get(4)),
                cells.get(5),
                cells.get(6));
    }

    /** Several values stand as {@code 1 / 2}, a range as {@code 1-2}: both give two numbers. */
    private static List<Double> numbers(String text) {
        List<Double> out = new ArrayList<>();
        for (String number : text.split("[/-]", -1)) {
            out.add(Double.parseDouble(number.strip()));
        }
        return out;
    }

    /** RFC 4180, without line breaks in cells. */
    static List<String> cells(String line) {
        List<String> out = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                out.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        out.add(cell.toString());
        return out;
    }
}
