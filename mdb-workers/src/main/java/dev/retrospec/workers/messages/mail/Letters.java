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
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
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
    post(
        mailbox.server(),
        new Letter(
            "%s.%d".formatted(message.id().value(), message.revision()),
            mailbox.recipients(),
            LetterText.subject(message.report()),
            message.requestedAt(),
            Map.of("X-RetroSpec-Run", message.report().runId().value()),
            LetterText.of(message),
            LetterHtml.of(message)));
    return new Receipt.Taken(null);
  }

  /**
   * Who a letter was taken for.
   *
   * @param refused those whom the mail server does not know, or does not write to
   */
  public record Reached(int recipients, List<String> refused) {

    public Reached {
      refused = List.copyOf(refused);
    }
  }

  /**
   * The same for any letter.
   *
   * @throws LetterUndelivered when it was not taken, which says whether it may have arrived
   */
  public Reached post(Mail server, Letter letter) {
    Session session = Session.getInstance(properties(server));
    boolean isUnderWay = false;
    Reached reached = null;
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message = message(session, server, letter);
      transport.connect(
          server.host(), server.port(), server.user().orElse(null), server.password().orElse(null));
      isUnderWay = true;
      reached = deliver(transport, message);
    } catch (AuthenticationFailedException e) {
      throw new LetterUndelivered("The mail server refuses SMTP_USER and SMTP_PASSWORD", false, e);
    } catch (SendFailedException e) {
      // so the mail classes say that the connection ended in the place of an answer
      boolean isLost = String.valueOf(e.getMessage()).contains("[EOF]");
      throw new LetterUndelivered("The mail server refuses every recipient", isLost, e);
    } catch (MessagingException e) {
      if (reached == null) { // else only the farewell went wrong
        throw new LetterUndelivered("The mail server did not take the letter", isUnderWay, e);
      }
    }
    return reached;
  }

  private static Reached deliver(Transport transport, MimeMessage letter)
      throws MessagingException {
    Address[] all = letter.getAllRecipients();
    try {
      transport.sendMessage(letter, all);
      return new Reached(all.length, List.of());
    } catch (SendFailedException e) {
      Address[] reached = e.getValidSentAddresses();
      if (reached == null || reached.length == 0) {
        throw e;
      }
      // not tried again, because those who have it would have it twice
      LOG.warn("A letter reached {} of {} recipients", reached.length, all.length);
      List<Address> taken = List.of(reached);
      return new Reached(
          all.length,
          Arrays.stream(all).filter(one -> !taken.contains(one)).map(Address::toString).toList());
    }
  }

  private static MimeMessage message(Session session, Mail server, Letter letter)
      throws MessagingException {
    MimeMessage message = new NumberedLetter(session, letter.number());
    message.setFrom(new InternetAddress(server.from()));
    for (String recipient : letter.recipients()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
    }
    message.setSubject(letter.subject(), UTF_8);
    message.setSentDate(Date.from(letter.writtenAt()));
    // RFC 3834: nobody's absence shall answer
    message.setHeader("Auto-Submitted", "auto-generated");
    for (Map.Entry<String, String> header : letter.headers().entrySet()) {
      message.setHeader(header.getKey(), header.getValue());
    }
    MimeBodyPart text = new MimeBodyPart();
    text.setText(letter.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(letter.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
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

    NumberedLetter(Session session, String number) {
      super(session);
      this.number = "<" + number + "@retrospec>";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", number);
    }
  }
}
