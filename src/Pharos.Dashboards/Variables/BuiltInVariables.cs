using System.Globalization;

namespace Pharos.Dashboards.Variables;

/// <summary>The variables that every dashboard has. Those of the batch query (<c>$__interval</c> and kin) stay in expressions, those of single values everywhere.</summary>
internal sealed class BuiltInVariables
{
    private readonly long _from;
    private readonly long _to;
    private readonly string _uid;
    private readonly string _title;

    /// <param name="uid">Of the dashboard.</param>
    /// <param name="title">Of the dashboard.</param>
    /// <param name="from">Milliseconds since the Unix epoch.</param>
    /// <param name="to">Milliseconds since the Unix epoch.</param>
    public BuiltInVariables(string uid, string title, long from, long to)
    {
        _uid = uid;
        _title = title;
        _from = from;
        _to = to;
    }

    /// <summary>All chosen values as parameters of a URL; set once they are known.</summary>
    public string AllVariables { get; set; } = "";

    /// <summary>The value, or null where the text is left as it stands.</summary>
    public string? Find(string name, string field, string format, TextUse use) => name switch
    {
        "__from" => Time(_from, format, use),
        "__to" => Time(_to, format, use),
        "__dashboard" => field == "uid" ? _uid : _title,
        "__org" => field == "name" ? "Main Org." : "1",
        "__url_time_range" => string.Create(CultureInfo.InvariantCulture, $"from={_from}&to={_to}"),
        "__all_variables" => AllVariables,
        "__range" when use != TextUse.Expression => Number((_to - _from) / 1000) + "s",
        "__range_s" when use != TextUse.Expression => Number((_to - _from) / 1000),
        "__range_ms" when use != TextUse.Expression => Number(_to - _from),
        _ => null,
    };

    private static string? Time(long time, string format, TextUse use) => format.Length == 0
        ? use == TextUse.Expression ? null : Number(time)
        : VariableFormats.Write(format, "", [Number(time)], isList: false, [Number(time)]) ?? Number(time);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
