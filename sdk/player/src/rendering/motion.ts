/**
 * Moves what moves by itself (animations, transitions) with the session's clock instead of the
 * browser's, so that the same moment always looks the same.
 */
export class Motion {
  private readonly begun = new WeakMap<Animation, number>();

  /** @returns whether something will look otherwise in the next frame */
  moveTo(ms: number, frame: HTMLIFrameElement): boolean {
    let moving = false;
    for (const animation of frame.contentDocument?.getAnimations() ?? []) {
      const from = this.begun.get(animation) ?? ms;
      this.begun.set(animation, from);
      moving = step(animation, ms - from) || moving;
    }
    return moving;
  }
}

function step(animation: Animation, ms: number): boolean {
  const end = animation.effect?.getComputedTiming().endTime;
  try {
    if (typeof end === 'number' && ms >= end) {
      animation.finish();
      return false;
    }
    animation.pause();
    animation.currentTime = ms;
    return true;
  } catch {
    return false; // because some cannot be moved, such as those of a scroll; they stand
  }
}
