package dev.retrospec.web.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retrospec.ids.MarkerId;
import dev.retrospec.platform.failure.InvalidRequest;
import dev.retrospec.replays.rendering.RenderTarget;
import org.junit.jupiter.api.Test;

/** How clips are named. */
class ClipRequestTest {

  private static final MarkerId MARKER = new MarkerId("m1");

  @Test
  void aTypeWithoutAMarkerIsWhatItSays() {
    assertThat(ClipRequest.typeOf("analysis_json", null)).isEqualTo("analysis_json");
  }

  @Test
  void aMarkersArtifactsAreNamedByItsId() {
    RenderTarget clip = RenderTarget.clipOf(MARKER);

    assertThat(ClipRequest.typeOf("marker_clip", MARKER)).isEqualTo(clip.video());
    assertThat(ClipRequest.typeOf("marker_poster", MARKER)).isEqualTo(clip.poster());
    assertThatThrownBy(() -> ClipRequest.typeOf("analysis_json", MARKER))
        .isInstanceOf(InvalidRequest.class);
  }

  @Test
  void onlyVideosAreMadeOnDemand() {
    assertThat(ClipRequest.targetOf("replay_video", null)).isEqualTo(RenderTarget.wholeSession());
    assertThat(ClipRequest.targetOf("marker_clip", MARKER)).isEqualTo(RenderTarget.clipOf(MARKER));
    assertThatThrownBy(() -> ClipRequest.targetOf("marker_clip", null))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> ClipRequest.targetOf("analysis_json", null))
        .isInstanceOf(InvalidRequest.class);
  }
}
