package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

  private static final String OLD = "old-" + SessionId.mint() + ":" + key(1);
  private static final String NEW = "new-" + SessionId.mint() + ":" + key(2);
  private static final byte[] PLAIN = "what the visitor saw".getBytes(StandardCharsets.UTF_8);

  private final TestDatabase database = TestDatabase.get();
  private final SessionKeys before = new SessionKeys(MasterKeys.parse(OLD));
  private final SessionKeys during = new SessionKeys(MasterKeys.parse(NEW + "," + OLD));
  private final SessionKeys after = new SessionKeys(MasterKeys.parse(NEW));
  private final ProjectId project = database.newProject();
  private final SessionId session = SessionId.mint();
  private final byte[] aad = SessionCipher.aad(project, session, new ChunkNumber(0));

  private static String key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private SessionCiphers ciphers(SessionKeys keys) {
    return new SessionCiphers(database.jdbi(), keys);
  }

  @Test
  void aRecordingOpensWithTheNewKeyAloneOnceItWasRotated() {
    byte[] sealed = ciphers(before).obtain(project, session).seal(PLAIN, aad);

    assertThat(new KeyRotation(database.jdbi(), during).run()).isPositive();

    assertThat(ciphers(after).find(project, session).orElseThrow().open(sealed, aad))
        .isEqualTo(PLAIN);
    assertThat(new KeyRotation(database.jdbi(), during).run()).isZero();
  }

  @Test
  void aKeyThatCannotBeOpenedStaysAsItIs() {
    byte[] sealed = ciphers(before).obtain(project, session).seal(PLAIN, aad);

    assertThat(new KeyRotation(database.jdbi(), after).run()).isZero();

    assertThat(ciphers(before).find(project, session).orElseThrow().open(sealed, aad))
        .isEqualTo(PLAIN);
  }
}
