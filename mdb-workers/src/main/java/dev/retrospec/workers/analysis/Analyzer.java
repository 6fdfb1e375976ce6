package dev.retrospec.workers.analysis;

/** Finds a verdict. */
public interface Analyzer {

  /**
   * The same case gives the same verdict, or one that is as good.
   *
   * @throws Exception when there is no verdict this time
   */
  Verdict analyze(AnalysisCase analysisCase) throws Exception;
}
