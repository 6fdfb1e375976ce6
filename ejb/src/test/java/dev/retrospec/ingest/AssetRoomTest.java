package dev.retrospec.ingest;

import static dev.retrospec.ingest.AssetFixture.TEA;
import static dev.retrospec.ingest.AssetFixture.TEA_HASH;
import static dev.retrospec.ingest.AssetFixture.URL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.ids.SessionId;
import dev.retrospec.ingest.AssetIntake.Receipt;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssetRoomTest {

  private final AssetFixture shop = new AssetFixture();
  private final ProjectId project = shop.project;
  private final SessionId session = shop.session;

  @Test
  void keepsNoMoreThanAProjectMayHave() {
    shop.tell(session, URL);
    room(AssetIntake.MAX_PROJECT_BYTES - TEA.length + 1, 1);
    assertThat(shop.keep(session)).isEqualTo(Receipt.NO_ROOM);
    room(0, AssetIntake.MAX_PROJECT_CONTENTS);
    assertThat(shop.keep(session)).isEqualTo(Receipt.NO_ROOM);
    assertThat(shop.objects()).isEmpty();

    room(AssetIntake.MAX_PROJECT_BYTES - TEA.length, 1);
    assertThat(shop.keep(session)).isEqualTo(Receipt.KEPT);

    shop.data.deleteRows(project, Set.of(session));
    shop.clock.pass(Duration.ofDays(8));
    shop.data.sweep(shop.clock.instant());
    assertThat(shop.contents.hasRoom(project, TEA.length, AssetIntake.MAX_PROJECT_BYTES, 2))
        .as("what went makes room")
        .isTrue();
  }

  @Test
  void onlyAFewAreBroughtAtOnce() throws Exception {
    shop.tell(session, URL);
    List<OutputStream> slow = new ArrayList<>();
    List<CompletableFuture<Receipt>> brought = new ArrayList<>();
    for (int i = 0; i < AssetIntake.UPLOADS_AT_ONCE; i++) {
      PipedOutputStream sent = new PipedOutputStream();
      CountingDown body = new CountingDown(new PipedInputStream(sent));
      slow.add(sent);
      brought.add(
          CompletableFuture.supplyAsync(
              () -> shop.keep(session, TEA_HASH, body), task -> new Thread(task).start()));
      assertThat(body.isRead.await(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThatThrownBy(() -> shop.keep(session)).isInstanceOf(UploadsBusy.class);

    for (OutputStream sent : slow) {
      sent.write(TEA);
      sent.close();
    }
    assertThat(brought)
        .extracting(CompletableFuture::join)
        .containsOnlyOnce(Receipt.KEPT)
        .contains(Receipt.KNOWN);
    assertThat(shop.keep(session)).isEqualTo(Receipt.KNOWN);
  }

  private void room(long bytes, int contents) {
    shop.database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into asset_room values (?, ?, ?) on conflict (project_id) do update"
                        + " set bytes = excluded.bytes, contents = excluded.contents",
                    project,
                    bytes,
                    contents));
  }

  /** Tells when somebody begins to read it. */
  private static final class CountingDown extends FilterInputStream {

    private final CountDownLatch isRead = new CountDownLatch(1);

    private CountingDown(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      isRead.countDown();
      return super.read(into, offset, length);
    }
  }
}
