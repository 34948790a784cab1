using Pharos.Core.Contracts;

namespace Pharos.Rules.Evaluation;

/// <summary>Writes down what becomes of alerts.</summary>
internal static class AlertJournal
{
    private const int MaxSubject = 512;
    private const int MaxDetail = 2000;
    private static readonly string[] Telling = ["summary", "description", "message"];

    /// <summary>Records a change of an alert. Its detail is what the alert says of itself, unless another is given.</summary>
    public static void Record(IJournal journal, JournalKind kind, ActiveAlert alert, DateTimeOffset time, string detail = "")
    {
        string subject = alert.Labels[AlertLabels.AlertName];
        string text = detail.Length > 0 ? detail : Telling.Select(name => alert.Annotations[name]).FirstOrDefault(static t => t.Length > 0) ?? "";
        journal.Record(new JournalEntry(time.ToUnixTimeMilliseconds(), kind, Cut(subject, MaxSubject), Cut(text, MaxDetail), alert.Labels));
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
