package dev.retrospec.workers.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which processes belong together although their parents have gone: what is inherited tells. A
 * child keeps its session (in the sense of {@code setsid(2)}), its working directory and its
 * environment, unless it changes one; none of ours changes all three. Only where Linux tells.
 */
final class ProcessKin {

  private static final Path PROC = Path.of("/proc");

  private ProcessKin() {}

  /**
   * @param known of whom some have ended
   * @param home where they were started, and what their environment names as {@code HOME}
   */
  static List<ProcessHandle> of(Set<ProcessHandle> known, Path home) {
    Set<Long> sessions =
        known.stream()
            .filter(ProcessKin::isNobodyElse)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    String mark = "\0HOME=" + home + "\0";
    return ids().stream()
        .filter(id -> sessions.contains(sessionOf(id)) || worksIn(id, home) || isMarked(id, mark))
        .flatMap(id -> ProcessHandle.of(id).stream())
        .filter(process -> !process.equals(ProcessHandle.current()))
        .toList();
  }

  /** Ids are given again; not as long as a session has that name. */
  private static boolean isNobodyElse(ProcessHandle leader) {
    return ProcessHandle.of(leader.pid()).map(leader::equals).orElse(true);
  }

  private static List<Long> ids() {
    List<Long> ids = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit)) {
          ids.add(Long.valueOf(name));
        }
      }
    } catch (IOException e) {
      return List.of(); // another system than Linux
    }
    return ids;
  }

  /** 0 of a process that has ended. */
  private static long sessionOf(long id) {
    try {
      String stat = Files.readString(file(id, "stat"), StandardCharsets.ISO_8859_1);
      // The name may hold anything; after it: state, parent, group, session.
      String[] words = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      return words.length < 4 ? 0 : Long.parseLong(words[3]);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static boolean worksIn(long id, Path home) {
    try {
      return Files.readSymbolicLink(file(id, "cwd")).equals(home);
    } catch (IOException e) {
      return false; // somebody else's, or it has ended
    }
  }

  private static boolean isMarked(long id, String mark) {
    try {
      String all = Files.readString(file(id, "environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + all).contains(mark);
    } catch (IOException e) {
      return false; // somebody else's, or it has ended
    }
  }

  private static Path file(long id, String name) {
    return PROC.resolve(Long.toString(id)).resolve(name);
  }
}
