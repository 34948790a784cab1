namespace Pharos.Core.Relabeling;

/// <summary>What a relabelling step does.</summary>
public enum RelabelAction : byte
{
    /// <summary>No action was given; never valid.</summary>
    None = 0,

    /// <summary>Sets the target label to the expanded replacement where the source matches.</summary>
    Replace,

    /// <summary>Drops what does not match.</summary>
    Keep,

    /// <summary>Drops what matches.</summary>
    Drop,

    /// <summary>Drops what differs from the value of the target label.</summary>
    KeepEqual,

    /// <summary>Drops what equals the value of the target label.</summary>
    DropEqual,

    /// <summary>Sets the target label to a hash of the source, modulo <see cref="RelabelConfig.Modulus"/>.</summary>
    HashMod,

    /// <summary>Copies every label whose name matches to the expanded name.</summary>
    LabelMap,

    /// <summary>Removes every label whose name matches.</summary>
    LabelDrop,

    /// <summary>Removes every label whose name does not match.</summary>
    LabelKeep,

    /// <summary>Sets the target label to the source in lower case.</summary>
    Lowercase,

    /// <summary>Sets the target label to the source in upper case.</summary>
    Uppercase,
}
