using Pharos.Core.Matching;

namespace Pharos.Dashboards.Variables;

/// <summary>The little language of query variables: <c>label_values(…)</c> and kin.</summary>
internal static class VariableQuery
{
    /// <summary>Asks the question.</summary>
    /// <param name="text">The question with its variables replaced.</param>
    /// <param name="source">Who answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VariableException">It cannot be answered.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string text, IVariableSource source, CancellationToken cancellationToken)
    {
        string query = text.Trim();
        if (query.Length == 0)
        {
            return [];
        }

        if (Arguments(query, "label_names") is { } selector)
        {
            return await source.GetLabelNamesAsync(selector.Length > 0 ? selector : null, cancellationToken).ConfigureAwait(false);
        }

        if (Arguments(query, "label_values") is { } asked)
        {
            (string? metric, string label) = SplitLabel(asked);
            return await source.GetLabelValuesAsync(label, metric, cancellationToken).ConfigureAwait(false);
        }

        if (Arguments(query, "metrics") is { } pattern)
        {
            IReadOnlyList<string> names = await source.GetLabelValuesAsync("__name__", null, cancellationToken).ConfigureAwait(false);
            SearchRegex regex = ParsePattern(pattern);
            return [.. names.Where(regex.IsMatch)];
        }

        if (Arguments(query, "query_result") is { } expression)
        {
            return await source.GetResultAsync(expression, cancellationToken).ConfigureAwait(false);
        }

        return await source.GetSeriesAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The PromQL within a question; null where there is none.</summary>
    public static string? Expression(string text)
    {
        string query = text.Trim();
        if (Arguments(query, "query_result") is { } expression)
        {
            return expression;
        }

        if (Arguments(query, "label_values") is { } asked)
        {
            return asked.LastIndexOf(',') is > 0 and int comma ? asked[..comma].Trim() : null;
        }

        string? names = Arguments(query, "label_names");
        return Arguments(query, "metrics") is not null || query.Length == 0 ? null : names is null ? query : names.Length > 0 ? names : null;
    }

    private static SearchRegex ParsePattern(string pattern)
    {
        try
        {
            return SearchRegex.Parse(pattern);
        }
        catch (RegexSyntaxException e)
        {
            throw new VariableException($"metrics({pattern}): {e.Message}", e);
        }
    }

    private static (string? Metric, string Label) SplitLabel(string asked)
    {
        int comma = asked.LastIndexOf(',');
        string label = asked[(comma + 1)..].Trim().Trim('"', '\'');
        if (label.Length == 0 || label.Contains('}', StringComparison.Ordinal) || label.Contains(')', StringComparison.Ordinal))
        {
            throw new VariableException($"label_values({asked}): expected label_values(label) or label_values(selector, label)");
        }

        return (comma > 0 ? asked[..comma].Trim() : null, label);
    }

    private static string? Arguments(string query, string function)
    {
        if (!query.StartsWith(function, StringComparison.Ordinal) || query[^1] != ')')
        {
            return null;
        }

        string rest = query[function.Length..].TrimStart();
        return rest.Length > 1 && rest[0] == '(' ? rest[1..^1].Trim() : null;
    }
}
