namespace Pharos.PromQL.Planning;

/// <summary>What a selector takes of each sample.</summary>
internal enum SampleField
{
    /// <summary>The value, number or histogram.</summary>
    Value,

    /// <summary>When it was taken, in seconds.</summary>
    Time,

    /// <summary>When its counter began, in seconds; 0 where unknown.</summary>
    StartTime,
}
