package org.hearthnet.inference.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts in many scripts, with code, emoji, numbers and white space of all kinds. */
final class TestTexts {
    /** Cases that are known to be hard. */
    private static final List<String> HARD = List.of(
            "",
            " ",
            "  ",
            "\n",
            "\r\n",
            " \n ",
            "\t\t x",
            "a  b   c    d",
            "a\n\n\nb \n c",
            "I'm you're he'S WE'LL they'D can'T it'vE 'sup 'tis '' 's't",
            "x'll'd'm",
            "1 12 123 1234 12345 3.14159 1,000,000 0x1F 1e-9",
            "٣٤٥ ४५६ Ⅷ ½ ²",
            "don\u2019t \u201cquote\u201d \u2014 \u2026",
            "e\u0301 \u00e9 \u1e9b\u0323 A\u030a \uac00 \u1100\u1161",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66 \ud83c\uddfa\ud83c\uddf3"
                    + " \u2764\ufe0f \ud83d\udc4d\ud83c\udffd",
            "for (int i = 0; i < n; i++) {\n\t\tsum += a[i] * b[i]; // dot\n\t}\n",
            "def f(x):\n    return {k: v for k, v in x.items() if v != None}\n\n\n",
            "<|endoftext|>",
            "<|im_start|>user\nhello<|im_end|>",
            "<|begin_of_text|><|eot_id|>a <|eot_id|> b",
            "https://example.org/a/b?c=d&e=%20f#g",
            "\u00a0\u2003\u3000x\u2028y\u202fz",
            "____----====####****",
            "ﬁ ﬂ Å K Ω",
            "\u0000\u0001\u007f\u0080",
            "\ufffd\ufffe");

    private static final List<String> PIECES = List.of(
            "the",
            "Hearth",
            "running",
            "ANTIDISESTABLISHMENTARIANISM",
            "naïve",
            "Ünïcödé",
            "straße",
            "façade",
            "œuvre",
            "Привет",
            "мир",
            "здравствуйте",
            "Ελληνικά",
            "καλημέρα",
            "שלום",
            "עולם",
            "مرحبا",
            "بالعالم",
            "سلام",
            "नमस्ते",
            "दुनिया",
            "বাংলা",
            "தமிழ்",
            "తెలుగు",
            "ಕನ್ನಡ",
            "ไทยแลนด์",
            "ສະບາຍດີ",
            "မြန်မာ",
            "ខ្មែរ",
            "한국어",
            "안녕하세요",
            "日本語",
            "こんにちは",
            "カタカナ",
            "中文",
            "你好世界",
            "繁體字",
            "ქართული",
            "հայերեն",
            "አማርኛ",
            "Tiếng Việt",
            "Çalışma",
            "żółć",
            "ěščřžý",
            "ħamsin",
            "ĉiuĵaŭde",
            "😀",
            "🎉🎊",
            "👩‍💻",
            "🏳️‍🌈",
            "🇫🇷",
            "❤️",
            "→",
            "∑",
            "∞",
            "≠",
            "√2",
            "½",
            "0",
            "7",
            "42",
            "1999",
            "31415926535",
            "1.5e10",
            "'s",
            "'T",
            "'re",
            "'LL",
            "n't",
            "\"",
            "'",
            "`",
            "``",
            "(",
            ")",
            "[]",
            "{}",
            "<>",
            "</div>",
            "&&",
            "||",
            "!=",
            "==",
            "=>",
            "::",
            "->",
            "...",
            "?!",
            ";",
            ":",
            ",",
            ".",
            "/*",
            "*/",
            "//",
            "#include",
            "public static void",
            "lambda x:",
            "SELECT *",
            "fn main()",
            "$x",
            "@Override",
            "%d\\n",
            "\\u00e9",
            " ",
            "  ",
            "    ",
            "        ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            " \n",
            "\n ",
            "\u00a0",
            "\u3000",
            "\u2009",
            "_",
            "-",
            "\u0301",
            "\u200b",
            "\u200d",
            "\ufe0f");

    private TestTexts() {}

    /** The hard cases and random compositions, {@code count} in all. */
    static List<String> of(long seed, int count) {
        Random random = new Random(seed);
        List<String> out = new ArrayList<>(HARD);
        while (out.size() < count) {
            var text = new StringBuilder();
            int pieces = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 12);
            for (int i = 0; i < pieces; i++) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                if (random.nextInt(3) == 0) {
                    text.append(' ');
                }
            }
            out.add(text.toString());
        }
        return out;
    }
}
