package dev.retrospec.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ChunkNumber;
import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionKeysTest {

  private static final ProjectId PROJECT = new ProjectId("proj_a");
  private static final SessionId SESSION = new SessionId("ses_1");
  private static final byte[] PLAIN = "what the visitor saw".getBytes(StandardCharsets.UTF_8);
  private static final String OLD = "2025:" + key(1);
  private static final String NEW = "2026:" + key(2);

  private final SessionKeys keys = new SessionKeys(MasterKeys.parse(OLD));

  private static String key(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  private static byte[] aad(int number) {
    return SessionCipher.aad(PROJECT, SESSION, new ChunkNumber(number));
  }

  @Test
  void opensWhatItSealed() {
    SessionKeys.NewKey minted = keys.mint(PROJECT, SESSION);
    byte[] sealed = minted.cipher().seal(PLAIN, aad(0));
    SessionCipher again = keys.open(PROJECT, SESSION, minted.wrapped());
    assertThat(again.open(sealed, aad(0))).isEqualTo(PLAIN);
    assertThat(sealed).hasSize(PLAIN.length + 29);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("visitor");
  }

  @Test
  void sealsTheSameDifferentlyEachTime() {
    SessionCipher cipher = keys.mint(PROJECT, SESSION).cipher();
    assertThat(cipher.seal(PLAIN, aad(0))).isNotEqualTo(cipher.seal(PLAIN, aad(0)));
  }

  @Test
  void doesNotOpenAChunkInAnotherPlace() {
    SessionCipher cipher = keys.mint(PROJECT, SESSION).cipher();
    byte[] sealed = cipher.seal(PLAIN, aad(1));
    byte[] elsewhere = SessionCipher.aad(new ProjectId("proj_b"), SESSION, new ChunkNumber(1));
    assertThatThrownBy(() -> cipher.open(sealed, aad(2))).isInstanceOf(UnreadableRecording.class);
    assertThatThrownBy(() -> cipher.open(sealed, elsewhere))
        .isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void doesNotOpenWhatWasChanged() {
    SessionCipher cipher = keys.mint(PROJECT, SESSION).cipher();
    byte[] sealed = cipher.seal(PLAIN, aad(1));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> cipher.open(changed, aad(1)))
          .isInstanceOf(UnreadableRecording.class);
    }
    assertThatThrownBy(() -> cipher.open(new byte[3], aad(1)))
        .isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void doesNotOpenAKeyThatWasMovedToAnotherSession() {
    WrappedKey wrapped = keys.mint(PROJECT, SESSION).wrapped();
    SessionId other = new SessionId("ses_2");
    assertThatThrownBy(() -> keys.open(PROJECT, other, wrapped))
        .isInstanceOf(UnreadableRecording.class);
    assertThatThrownBy(() -> keys.open(new ProjectId("proj_b"), SESSION, wrapped))
        .isInstanceOf(UnreadableRecording.class);
  }

  @Test
  void wrapsWithTheNewestMasterKeyAndStillOpensTheOld() {
    SessionKeys.NewKey minted = keys.mint(PROJECT, SESSION);
    byte[] sealed = minted.cipher().seal(PLAIN, aad(0));
    SessionKeys rotated = new SessionKeys(MasterKeys.parse(NEW + "," + OLD));
    assertThat(rotated.open(PROJECT, SESSION, minted.wrapped()).open(sealed, aad(0)))
        .isEqualTo(PLAIN);
    WrappedKey rewrapped = rotated.rewrap(PROJECT, SESSION, minted.wrapped());
    assertThat(rewrapped.masterKeyId()).isEqualTo("2026");
    SessionKeys onlyNew = new SessionKeys(MasterKeys.parse(NEW));
    assertThat(onlyNew.open(PROJECT, SESSION, rewrapped).open(sealed, aad(0))).isEqualTo(PLAIN);
    assertThatThrownBy(() -> onlyNew.open(PROJECT, SESSION, minted.wrapped()))
        .isInstanceOf(UnreadableRecording.class)
        .hasMessageContaining("2025");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "a:%%%", "a:YWJj", ":AAAA"})
  void refusesAMasterKeyThatIsNotOne(String setting) {
    assertThatThrownBy(() -> MasterKeys.parse(setting))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverPrintsAKey() {
    assertThat(MasterKeys.parse(NEW).toString()).isEqualTo("MasterKeys[2026]");
    assertThat(keys.mint(PROJECT, SESSION).wrapped().toString()).isEqualTo("WrappedKey[2025]");
    assertThatThrownBy(() -> MasterKeys.parse(OLD + "," + OLD)).hasMessageNotContaining(key(1));
  }
}
