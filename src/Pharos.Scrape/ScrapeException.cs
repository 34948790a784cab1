namespace Pharos.Scrape;

/// <summary>A scrape failed; the message is what the operator reads as the target's last error, worded like upstream's.</summary>
internal sealed class ScrapeException(string message, Exception? inner = null) : Exception(message, inner);
