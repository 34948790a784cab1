namespace Pharos.Testing.Differential;

/// <summary>Finds where two answers to one query differ.</summary>
public static class AnswerComparison
{
    /// <summary>
    /// The first difference, or null. The series of a matrix have one order; those of a vector only where <paramref name="isOrdered"/> says so, and then
    /// elements of equal values may stand in any order.
    /// </summary>
    public static string? Difference(Answer expected, Answer actual, bool isOrdered)
    {
        if (expected.IsError || actual.IsError)
        {
            return (expected.ErrorType, expected.Error) == (actual.ErrorType, actual.Error) ? null : $"expected {Outcome(expected)}\n  but got {Outcome(actual)}";
        }

        if (expected.ResultType != actual.ResultType)
        {
            return $"expected a {expected.ResultType} but got a {actual.ResultType}";
        }

        return DifferenceOfSeries(expected, actual)
            ?? DifferenceOfOrder(expected, actual, isOrdered)
            ?? DifferenceOfTexts("warning", expected.Warnings, actual.Warnings)
            ?? DifferenceOfTexts("info", expected.Infos, actual.Infos);
    }

    private static string Outcome(Answer answer) => answer.IsError ? $"{answer.ErrorType}: {answer.Error}" : $"a {answer.ResultType} of {answer.Series.Count} series";

    private static string? DifferenceOfSeries(Answer expected, Answer actual)
    {
        ILookup<string, AnswerSeries> wanted = expected.Series.ToLookup(static s => s.Labels, StringComparer.Ordinal);
        ILookup<string, AnswerSeries> got = actual.Series.ToLookup(static s => s.Labels, StringComparer.Ordinal);
        foreach (IGrouping<string, AnswerSeries> series in wanted)
        {
            if (got[series.Key].Count() != series.Count())
            {
                return $"{series.Key} was expected {series.Count()} times with {Points(series.First())} but came {got[series.Key].Count()} times";
            }

            foreach ((AnswerSeries one, AnswerSeries other) in series.Zip(got[series.Key]))
            {
                if (DifferenceOfPoints(one, other) is { } difference)
                {
                    return difference;
                }
            }
        }

        return got.FirstOrDefault(series => !wanted.Contains(series.Key)) is { } more ? $"{more.Key} was not expected, it came with {Points(more.First())}" : null;
    }

    private static string? DifferenceOfPoints(AnswerSeries expected, AnswerSeries actual)
    {
        for (int i = 0; i < Math.Min(expected.Points.Count, actual.Points.Count); i++)
        {
            if (!expected.Points[i].IsSameAs(actual.Points[i]))
            {
                return $"{expected.Labels}: {expected.Points[i].DifferenceTo(actual.Points[i])}";
            }
        }

        return expected.Points.Count == actual.Points.Count ? null : $"{expected.Labels}: expected {expected.Points.Count} points but got {actual.Points.Count}";
    }

    private static string? DifferenceOfOrder(Answer expected, Answer actual, bool isOrdered)
    {
        for (int i = 0; i < expected.Series.Count; i++)
        {
            (AnswerSeries one, AnswerSeries other) = (expected.Series[i], actual.Series[i]);
            bool isSame = expected.ResultType == "matrix" ? one.Labels == other.Labels : !isOrdered || one.Labels == other.Labels || one.Points[0].IsSameAs(other.Points[0]);
            if (!isSame)
            {
                return $"place {i}: expected {one.Labels} with {Points(one)} but got {other.Labels} with {Points(other)}";
            }
        }

        return null;
    }

    private static string? DifferenceOfTexts(string kind, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        string[] missing = [.. expected.Except(actual)], more = [.. actual.Except(expected)];
        return missing.Length + more.Length == 0
            ? null
            : string.Join("\n  ", [.. missing.Select(text => $"{kind} is missing: {text}"), .. more.Select(text => $"{kind} was not expected: {text}")]);
    }

    private static string Points(AnswerSeries series) => string.Join(' ', series.Points.Take(4));
}
