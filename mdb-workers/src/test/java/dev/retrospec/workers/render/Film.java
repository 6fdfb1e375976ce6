package dev.retrospec.workers.render;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A finished video, looked at with ffmpeg. */
final class Film {

  private final Path file;

  private Film(Path file) {
    this.file = file;
  }

  static Film open(Studio studio, String key, Path folder) throws IOException {
    Path file = folder.resolve(key.replace('/', '_'));
    try (InputStream content = studio.open(key).orElseThrow().stream()) {
      Files.copy(content, file);
    }
    return new Film(file);
  }

  /** As ffprobe tells it: codec, width, height, number of frames. */
  List<String> facts() throws IOException {
    return List.of(
        new String(
                run(
                    "ffprobe",
                    "-v",
                    "error",
                    "-count_frames",
                    "-select_streams",
                    "v:0",
                    "-show_entries",
                    "stream=codec_name,width,height,nb_read_frames",
                    "-of",
                    "csv=p=0",
                    file.toString()))
            .strip()
            .split(","));
  }

  double seconds() throws IOException {
    return Double.parseDouble(
        new String(
                run(
                    "ffprobe",
                    "-v",
                    "error",
                    "-show_entries",
                    "format=duration",
                    "-of",
                    "csv=p=0",
                    file.toString()))
            .strip());
  }

  /** Of the pixel at (20, 20) of the picture's own, in frame number n from 0. */
  Color colour(int frame) throws IOException {
    byte[] pixel =
        run(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            file.toString(),
            "-vf",
            "select='eq(n," + frame + ")',crop=2:2:20:20,scale=1:1",
            "-frames:v",
            "1",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-");
    return new Color(pixel[0] & 0xFF, pixel[1] & 0xFF, pixel[2] & 0xFF);
  }

  private static byte[] run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(Stream.of(command).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return process.getInputStream().readAllBytes();
  }
}
