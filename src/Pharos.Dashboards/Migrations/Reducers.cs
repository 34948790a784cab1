namespace Pharos.Dashboards.Migrations;

/// <summary>The names of calculations, as they were and as they are.</summary>
internal static class Reducers
{
    /// <summary>Today's name of a calculation; the same text where it is not an old one.</summary>
    public static string Rename(string old) => old switch
    {
        "avg" => "mean",
        "current" => "lastNotNull",
        "total" => "sum",
        "last_time" => "lastNotNull",
        "delta" => "delta",
        "diff" => "diff",
        "name" => "lastNotNull",
        _ => old,
    };
}
