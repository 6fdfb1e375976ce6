package dev.retrospec.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like something private and is not: a replay would be spoilt by a tag in its place. */
class HarmlessTextTest {

  private final Scrubber scrubber = new Scrubber();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain words, 3,99 € and 20 %",
        "1763700000000",
        "1700000000000",
        "at 1763700000000 ms",
        "4111111111111112",
        "1234567812345678",
        "4444444444444444",
        "x4111111111111111",
        "4111111111111111abc",
        "41111111111111111111111",
        "0.4111111111111111",
        "9.5105105105105100",
        "550e8400-e29b-41d4-a716-446655440000",
        "2024-01-02 10:11:12",
        "01-02-2024",
        "12.03.2024 14:30",
        "192.168.100.0",
        "v1.22.333.4444",
        "100 200 3000",
        "12345 67890",
        "5551234567",
        "+5 more, +100",
        "logo@2x.png and sprite@3x.webp",
        "@media (min-width: 100px)",
        "vue@3.2.1",
        "user@localhost",
        "foo @ bar . baz",
        "basic information about tokens",
        "a token of appreciation",
        "bearer of news",
        "eyJust.some.words",
        "https://a.example/p/123456?page=2&lang=en#reviews",
        "M10.5 20.25 L 415.55 526.71 z",
        "translate3d(415px, 555px, 0)",
        "#section-2",
        "key: value; other: 5",
        "C:\\Users\\x",
        "12:30:45",
        "100%",
        "你好，价格是 199 元",
        "A-1234-5678-9012",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
        "version 1.22.33.44 and build 10.0.22.61",
        "127.0.0.1 and 0.0.0.0 and 255.255.255.0",
        "section 1.2.3.4",
        "std::vector and a::before and 12::30",
        "00:1B:44:11:3A:B7",
        "DE89370400440532013001",
        "DE8937040044",
        "order 123-45-6789-01",
        "900-12-3456",
        "123 45 6789",
        "expires in 12/24 hours of work",
        "room 123",
        "+999 12345678",
        "0000171 234",
        "sk-fading-circle-12",
        "the AKIA prefix",
        "phone: 12345",
        "SKU A-0015-0211-3381",
        "32U 008602 8594406",
        "32U 665436 3175140",
        "x² + y² = z²",
        "é\u200Dü",
        "/docs/How-To-Write-1000-Tests-In-One-Day"
      })
  void leavesEverythingElseAndItsInstance(String text) {
    assertThat(scrubber.scrubText(text)).isSameAs(text);
  }
}
