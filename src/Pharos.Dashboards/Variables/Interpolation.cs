using System.Text;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>
/// Replaces the variables of texts. What a value holds is never looked at again, but for the custom value of "All", and that to a bounded depth: no dashboard makes it
/// run for long. One resolution uses one, from one thread.
/// </summary>
internal sealed class Interpolation
{
    private const int MaxDepth = 8;

    private readonly IReadOnlyDictionary<string, ResolvedVariable> _variables;
    private readonly BuiltInVariables _builtIn;
    private long _total;
    private int _depth;

    /// <param name="variables">By name; may grow while variables are resolved.</param>
    /// <param name="builtIn">Those that every dashboard has.</param>
    public Interpolation(IReadOnlyDictionary<string, ResolvedVariable> variables, BuiltInVariables builtIn)
    {
        _variables = variables;
        _builtIn = builtIn;
    }

    /// <summary>The text with its variables replaced; unknown ones stay.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="scope">What a repeat has chosen for its copy; null outside of repeats.</param>
    /// <exception cref="DashboardException">It would become too long.</exception>
    public string Replace(string text, TextUse use, IReadOnlyDictionary<string, VariableOption>? scope = null)
    {
        if (text.AsSpan().IndexOfAny('$', '[') < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 32);
        int copied = 0;
        var scan = new VariableScan(text);
        while (scan.MoveNext())
        {
            if (Find(scan.Name, scan.Field, scan.Format, use, scope) is not { } value)
            {
                continue;
            }

            result.Append(text, copied, scan.Start - copied).Append(value);
            copied = scan.End;
            if (result.Length > DashboardLimits.MaxText)
            {
                throw new DashboardException($"with its variables replaced, a text has more than {DashboardLimits.MaxText} characters: it begins with \"{text[..Math.Min(text.Length, 60)]}\"");
            }
        }

        if (copied == 0)
        {
            return text;
        }

        result.Append(text, copied, text.Length - copied);
        _total += result.Length;
        return _total <= DashboardLimits.MaxTotalText
            ? result.ToString()
            : throw new DashboardException($"with its variables replaced, the dashboard has more than {DashboardLimits.MaxTotalText} characters of text");
    }

    private string? Find(string name, string field, string format, TextUse use, IReadOnlyDictionary<string, VariableOption>? scope)
    {
        if (!_variables.TryGetValue(name, out ResolvedVariable? variable))
        {
            return FindAutoInterval(name) ?? _builtIn.Find(name, field, format, use);
        }

        bool isList = variable.Definition.Multi || variable.Definition.IncludeAll;
        bool isScoped = scope is not null && scope.ContainsKey(name);
        if (!isScoped && variable.IsAll && FindAll(variable, format, use) is { } all)
        {
            return all;
        }

        IReadOnlyList<VariableOption> chosen = isScoped ? [scope![name]] : variable.Effective;
        if (chosen.Count == 0)
        {
            return "";
        }

        string[] values = [.. chosen.Select(option => option.Value == AutoName(name) ? variable.AutoInterval : option.Value)];
        string[] texts = isScoped || !variable.IsAll ? [.. chosen.Select(static option => option.Text)] : ["All"];
        if (field == "text")
        {
            return string.Join(" + ", texts);
        }

        return VariableFormats.Write(format.Length > 0 ? format : DefaultFormat(use), name, values, isList, texts) ?? Default(use, values, isList, name, texts);
    }

    // "All" with a value of its own is put in as it is; without one all options are.
    private string? FindAll(ResolvedVariable variable, string format, TextUse use)
    {
        if (format == "queryparam")
        {
            return VariableFormats.QueryParameters(variable.Definition.Name, [VariableOption.AllValue]);
        }

        if (format == "text" || (format.Length == 0 && use == TextUse.Text))
        {
            return "All";
        }

        if (variable.Definition.CustomAll.Length == 0)
        {
            return null;
        }

        if (_depth == MaxDepth)
        {
            throw new DashboardException($"the value of \"All\" of the variable {variable.Definition.Name} leads back to itself");
        }

        _depth++;
        string custom = Replace(variable.Definition.CustomAll, use);
        _depth--;
        return format == "percentencode" ? Uri.EscapeDataString(custom) : custom;
    }

    private static string Default(TextUse use, string[] values, bool isList, string name, string[] texts) => use == TextUse.Expression
        ? VariableFormats.ForPrometheus(values, isList)
        : VariableFormats.Write(DefaultFormat(use) is { Length: > 0 } format ? format : "glob", name, values, isList, texts)!;

    private static string DefaultFormat(TextUse use) => use switch
    {
        TextUse.Text => "text",
        TextUse.Markup => "html",
        TextUse.Url => "percentencode",
        TextUse.Regex => "regex",
        TextUse.Setting => "glob",
        _ => "",
    };

    private string? FindAutoInterval(string name)
    {
        const string Prefix = "__auto_interval_";
        return name.StartsWith(Prefix, StringComparison.Ordinal) && _variables.TryGetValue(name[Prefix.Length..], out ResolvedVariable? variable) && variable.AutoInterval.Length > 0
            ? variable.AutoInterval
            : null;
    }

    /// <summary>The value of the option "auto" of an interval.</summary>
    internal static string AutoName(string variable) => $"$__auto_interval_{variable}";
}
