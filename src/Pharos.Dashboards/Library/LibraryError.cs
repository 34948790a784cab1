namespace Pharos.Dashboards.Library;

/// <summary>A file that gives no dashboard, or not the one that it says.</summary>
/// <param name="File">The file.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Line">From 1; 0 when no place can be named.</param>
/// <param name="Column">From 1; 0 when no place can be named.</param>
public sealed record LibraryError(string File, string Message, int Line = 0, int Column = 0);
