namespace Pharos.Server.Federation;

/// <summary>What a family is said to be: federation knows no types but those that histograms have of themselves. The numbers are those of the protobuf format.</summary>
internal enum FamilyType
{
    Untyped = 3,
    Histogram = 4,
    GaugeHistogram = 5,
}
