using Pharos.Core.Contracts;

namespace Pharos.Server.Api.Ui;

/// <summary>The sentence that home begins with, and what happened shortly before.</summary>
internal static class OverviewSentence
{
    private const long Shortly = 30 * 60_000;
    private const int MaxShortly = 3;

    public static string Of(int firing, int pending, int broken, long? lastEnd, long now)
    {
        if (firing > 0 || pending > 0)
        {
            string text = (firing, pending) switch
            {
                (_, 0) => $"{Alerts(firing)} {Are(firing)} firing.",
                (0, _) => $"{Alerts(pending)} {Are(pending)} pending.",
                _ => $"{Alerts(firing)} {Are(firing)} firing, {UiText.Word(pending)} {Are(pending)} pending.",
            };
            return Capital(text);
        }

        if (broken > 0)
        {
            return Capital($"no alert is firing, but {(broken == 1 ? "one thing is" : $"{UiText.Word(broken)} things are")} broken.");
        }

        return lastEnd is { } end ? $"All is well; the last alert ended {UiText.Duration(TimeSpan.FromMilliseconds(Math.Max(0, now - end)))} ago." : "All is well.";
    }

    /// <summary>Deployments, reloads and targets that went away in the half hour before the first alert that is active; oldest first.</summary>
    public static IReadOnlyList<Change> ShortlyBefore(IJournal journal, long? firstAlert)
    {
        if (firstAlert is not { } first)
        {
            return [];
        }

        return
        [
            .. Changes.Of(journal, new UiRange(first - Shortly, first)).Where(static change => change.Kind is "deploy" or "targetDown" or "reloaded" or "reloadFailed")
                .Take(MaxShortly).Reverse(),
        ];
    }

    private static string Alerts(int count) => $"{UiText.Word(count)} alert{(count == 1 ? "" : "s")}";

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
