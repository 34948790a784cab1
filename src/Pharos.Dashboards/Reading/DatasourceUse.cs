namespace Pharos.Dashboards.Reading;

/// <summary>What a reference to a data source means for drawing.</summary>
/// <param name="IsBuiltIn">Whether it is the store of this server.</param>
/// <param name="IsMixed">Whether each query names its own.</param>
/// <param name="Name">How to call it in a problem.</param>
internal readonly record struct DatasourceUse(bool IsBuiltIn, bool IsMixed, string Name)
{
    public static DatasourceUse BuiltIn => new(IsBuiltIn: true, IsMixed: false, "Pharos");

    public static DatasourceUse Mixed => new(IsBuiltIn: true, IsMixed: true, "mixed");

    public static DatasourceUse Other(string name) => new(IsBuiltIn: false, IsMixed: false, name);
}
