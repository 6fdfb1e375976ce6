package dev.retrospec.workers.messages.mail;

import dev.retrospec.notifications.NotificationConfig.Mail;
import dev.retrospec.notifications.NotificationConfig.MailSecurity;
import dev.retrospec.notifications.RunMessage;
import dev.retrospec.notifications.Target;
import dev.retrospec.workers.messages.Receipt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends letters by SMTP: one connection for each, text and HTML of the same report. */
@ApplicationScoped
public class Letters {

  private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
  private static final String CONNECT_MS = "5000";
  private static final String ANSWER_MS = "15000";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /**
   * Returns when the mail server has taken it for at least one recipient.
   *
   * @throws LetterUndelivered when it did not
   */
  public Receipt send(RunMessage message, Target.Mailbox mailbox) {
    Mail server = mailbox.server();
    Session session = Session.getInstance(properties(server));
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage letter = letter(session, message, mailbox);
      transport.connect(
          server.host(), server.port(), server.user().orElse(null), server.password().orElse(null));
      deliver(transport, letter);
      return new Receipt.Taken(null);
    } catch (AuthenticationFailedException e) {
      throw new LetterUndelivered("The mail server refuses SMTP_USER and SMTP_PASSWORD", e);
    } catch (SendFailedException e) {
      throw new LetterUndelivered("The mail server refuses every recipient", e);
    } catch (MessagingException e) {
      throw new LetterUndelivered("The mail server did not take the letter", e);
    }
  }

  private static void deliver(Transport transport, MimeMessage letter) throws MessagingException {
    try {
      transport.sendMessage(letter, letter.getAllRecipients());
    } catch (SendFailedException e) {
      Address[] reached = e.getValidSentAddresses();
      if (reached == null || reached.length == 0) {
        throw e;
      }
      // not tried again, because those who have it would have it twice
      LOG.warn(
          "A letter about a run reached {} of {} recipients",
          reached.length,
          letter.getAllRecipients().length);
    }
  }

  private static MimeMessage letter(Session session, RunMessage message, Target.Mailbox mailbox)
      throws MessagingException {
    MimeMessage letter = new NumberedLetter(session, message);
    letter.setFrom(new InternetAddress(mailbox.server().from()));
    for (String recipient : mailbox.recipients()) {
      letter.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    }
    letter.setSubject(LetterText.subject(message.report()), UTF_8);
    letter.setSentDate(Date.from(message.requestedAt()));
    // RFC 3834: nobody's absence shall answer
    letter.setHeader("Auto-Submitted", "auto-generated");
    letter.setHeader("X-RetroSpec-Run", message.report().runId().value());
    MimeBodyPart text = new MimeBodyPart();
    text.setText(LetterText.of(message), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(LetterHtml.of(message), UTF_8, "html");
    letter.setContent(new MimeMultipart("alternative", text, html));
    letter.saveChanges();
    return letter;
  }

  private static Properties properties(Mail server) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", CONNECT_MS);
    properties.setProperty("mail.smtp.timeout", ANSWER_MS);
    properties.setProperty("mail.smtp.writetimeout", ANSWER_MS);
    properties.setProperty("mail.smtp.sendpartial", "true");
    properties.setProperty("mail.smtp.auth", String.valueOf(server.user().isPresent()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    if (server.security() == MailSecurity.TLS) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    if (server.security() == MailSecurity.STARTTLS) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
    }
    return properties;
  }

  /** A letter that is sent twice has one number, so that mail programs show it once. */
  private static final class NumberedLetter extends MimeMessage {

    private final String number;

    NumberedLetter(Session session, RunMessage message) {
      super(session);
      this.number = "<%s.%d@retrospec>".formatted(message.id().value(), message.revision());
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", number);
    }
  }
}
