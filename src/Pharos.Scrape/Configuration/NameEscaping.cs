namespace Pharos.Scrape.Configuration;

/// <summary>How targets are asked to escape metric names that the legacy scheme does not know.</summary>
public enum NameEscaping : byte
{
    /// <summary>Not at all: any UTF-8 name is taken.</summary>
    AllowUtf8 = 0,

    /// <summary>Odd characters become underscores.</summary>
    Underscores = 1,

    /// <summary>Dots become <c>_dot_</c>, other odd characters underscores.</summary>
    Dots = 2,

    /// <summary>Odd characters become their code points: <c>U__</c> and hexadecimal digits.</summary>
    Values = 3,
}
