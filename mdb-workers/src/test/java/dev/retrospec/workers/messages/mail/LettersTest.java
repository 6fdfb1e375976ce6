package dev.retrospec.workers.messages.mail;

import static dev.retrospec.notifications.RunReports.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.TestRunId;
import dev.retrospec.notifications.Channel;
import dev.retrospec.notifications.NotificationStatus;
import dev.retrospec.workers.messages.PostRoom;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the mail server gets. */
class LettersTest {

  @RegisterExtension final PostRoom room = new PostRoom();

  private final TestRunId run = TestRunId.mint();

  @Test
  void theLetterHasTextAndEscapedHtml() throws MessagingException, IOException {
    room.tell(
        aReport()
            .of(run)
            .on("feature/<b>new</b>")
            .failing("test_html", "expected <script>alert('x')</script>", "at <anonymous>")
            .make());

    MimeMessage[] letters = room.mail().getReceivedMessages();
    assertThat(letters).hasSize(2);
    MimeMessage letter = letters[0];
    assertThat(letter.getSubject())
        .isEqualTo("[RetroSpec] 1 of 120 tests failed on feature/<b>new</b> (abc123de)");
    assertThat(letter.getFrom()[0]).hasToString("RetroSpec <ci@retrospec.test>");
    assertThat(letter.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("team@example.com", "john@example.com");
    assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMultipart parts = (MimeMultipart) letter.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(text(parts.getBodyPart(0)))
        .contains("1 of 120 tests failed.", "* test_html", "    expected <script>")
        .contains("* 92.3% match - API connection failure in auth module (occurred 5 times)")
        .contains("* Network HAR: https://ci.test/network.har");
    assertThat(text(parts.getBodyPart(1)))
        .contains("expected &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;b&gt;new")
        .contains("<a href=\"https://ci.test/screenshot.png\">Screenshot</a>")
        .doesNotContain("<script>", "<b>new");
  }

  @Test
  void aMailServerThatIsAwayIsAFailureThatSaysSo() {
    room.open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", "1",
        "SMTP_SECURITY", "none",
        "NOTIFICATION_EMAILS", "team@example.com");

    room.tell(aReport().of(run).make());

    assertThat(room.desk().only(run, Channel.EMAIL).errorMessage())
        .isEqualTo("The mail server did not take the letter");
  }

  @Test
  void aServerWithoutEncryptionGetsNoLetterUnlessItIsAllowed() {
    room.open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", String.valueOf(room.mail().getSmtp().getPort()),
        "NOTIFICATION_EMAILS", "team@example.com");

    room.tell(aReport().of(run).make());

    assertThat(room.mail().getReceivedMessages()).isEmpty();
    assertThat(room.desk().only(run, Channel.EMAIL).status()).isEqualTo(NotificationStatus.PENDING);
  }

  @Test
  void theMailServersLoginIsUsed() {
    room.mail().setUser("retrospec", "right");
    tellByMailWith("wrong");
    assertThat(room.desk().only(run, Channel.EMAIL).errorMessage())
        .isEqualTo("The mail server refuses SMTP_USER and SMTP_PASSWORD");

    tellByMailWith("right");
    assertThat(room.desk().only(run, Channel.EMAIL).status()).isEqualTo(NotificationStatus.SENT);
  }

  private void tellByMailWith(String password) {
    room.open(
        "SMTP_HOST", "127.0.0.1",
        "SMTP_PORT", String.valueOf(room.mail().getSmtp().getPort()),
        "SMTP_SECURITY", "none",
        "SMTP_USER", "retrospec",
        "SMTP_PASSWORD", password,
        "NOTIFICATION_EMAILS", "team@example.com");
    room.tell(aReport().of(run).make());
  }

  private static String text(Part part) throws MessagingException, IOException {
    return part.getContent() instanceof String text
        ? text.replace("\r\n", "\n")
        : new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
