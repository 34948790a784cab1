namespace Pharos.Scrape;

/// <summary>A body holds more samples than the job's <c>sample_limit</c> allows.</summary>
internal sealed class SampleLimitException() : Exception("sample limit exceeded");
