namespace Pharos.Rules;

/// <summary>Takes what is worth a line in the log. Called from many threads; must not block. Texts are upstream's, the rest are fields.</summary>
public interface IRuleLog
{
    /// <summary>A rule could not be evaluated, or its result not be stored; warning level.</summary>
    void RuleFailed(string file, string group, string rule, string error);

    /// <summary>Samples of a rule were refused: <paramref name="problem"/> says why and <paramref name="count"/> how many; warning level.</summary>
    void SamplesRefused(string file, string group, string rule, string problem, int count);

    /// <summary>Templates of an alert failed, <paramref name="count"/> of them in this evaluation, the first with this error; warning level.</summary>
    void TemplateFailed(string file, string group, string rule, string error, int count);

    /// <summary>Something about a whole group failed that is no fault of its rules; error level.</summary>
    void GroupFailed(string file, string group, string problem, string error);
}
