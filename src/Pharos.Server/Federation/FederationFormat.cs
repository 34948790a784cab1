using System.Globalization;
using Pharos.Core.Labels;

namespace Pharos.Server.Federation;

/// <summary>In which form a client gets samples: what its <c>Accept</c> header likes best of what is there, as github.com/prometheus/common 0.70 chooses.</summary>
/// <param name="IsProtobuf">Delimited protobuf; otherwise the text format 0.0.4. The text forms of protobuf are not there, whose white space upstream leaves to chance.</param>
/// <param name="Escaping">How names beyond the old form are written.</param>
internal readonly record struct FederationFormat(bool IsProtobuf, NameEscaping Escaping)
{
    private const string Protobuf = "application/vnd.google.protobuf";
    private const string FamilyMessage = "io.prometheus.client.MetricFamily";

    public string ContentType => IsProtobuf
        ? $"{Protobuf}; proto={FamilyMessage}; encoding=delimited; escaping={NameOf(Escaping)}"
        : $"text/plain; version=0.0.4; charset=utf-8; escaping={NameOf(Escaping)}";

    /// <summary>Chooses; the text format with underscores where nothing is said.</summary>
    public static FederationFormat Choose(string accept)
    {
        // A clause that is passed over says the escaping all the same.
        NameEscaping escaping = NameEscaping.Underscores;
        foreach (string[] clause in accept.Split(',').Select(static c => c.Split(';', StringSplitOptions.TrimEntries)).OrderByDescending(Quality))
        {
            escaping = EscapingOf(Parameter(clause, "escaping")) ?? escaping;
            if (clause[0] == Protobuf && Parameter(clause, "proto") == FamilyMessage && Parameter(clause, "encoding") == "delimited")
            {
                return new FederationFormat(IsProtobuf: true, escaping);
            }

            if (clause[0] == "text/plain" && Parameter(clause, "version") is "" or "0.0.4")
            {
                break;
            }
        }

        return new FederationFormat(IsProtobuf: false, escaping);
    }

    /// <summary>A metric or label name as the client reads it.</summary>
    public string Escape(string name) => LabelName.IsLegacyMetric(name) ? name : EscapedName.Escape(name, Escaping);

    private static double Quality(string[] clause) =>
        double.TryParse(Parameter(clause, "q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double quality) ? quality : 1;

    private static string Parameter(string[] clause, string name)
    {
        foreach (string parameter in clause.AsSpan(1))
        {
            int sign = parameter.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0 && parameter.AsSpan(0, sign).TrimEnd().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter[(sign + 1)..].Trim().Trim('"');
            }
        }

        return "";
    }

    private static NameEscaping? EscapingOf(string name) => name switch
    {
        "allow-utf-8" => NameEscaping.None,
        "underscores" => NameEscaping.Underscores,
        "dots" => NameEscaping.Dots,
        "values" => NameEscaping.Values,
        _ => null,
    };

    private static string NameOf(NameEscaping escaping) => escaping switch
    {
        NameEscaping.None => "allow-utf-8",
        NameEscaping.Dots => "dots",
        NameEscaping.Values => "values",
        _ => "underscores",
    };
}
