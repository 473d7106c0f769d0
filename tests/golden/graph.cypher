CREATE CONSTRAINT item_id IF NOT EXISTS FOR (n:Item) REQUIRE n.id IS UNIQUE;
UNWIND [
{id: "dataset/cifar", name: "CIFAR"},
{id: "dataset/cifar-10", name: "CIFAR-10", aliases: ["CIFAR10", "Cifar-10"]}
] AS row MERGE (n:Item {id: row.id}) SET n:Dataset, n += row;
UNWIND [
{id: "method/frognet", name: "FrogNet"},
{id: "method/kolmogorov-arnold-network", name: "Kolmogorov-Arnold Network", aliases: ["KAN"]},
{id: "method/resnet-50", name: "ResNet-50", aliases: ["ResNet50"]}
] AS row MERGE (n:Item {id: row.id}) SET n:Method, n += row;
UNWIND [
{id: "metric/accuracy", name: "accuracy", aliases: ["acc."]}
] AS row MERGE (n:Item {id: row.id}) SET n:Metric, n += row;
UNWIND [
{id: "paper/10.1000/frog.1", name: "FrogNet: Leaps", year: 2024, date: "2024-05-01", venue: "Pond", doi: "10.1000/frog.1", arxivId: "2405.00001", url: "https://example.org/frog", abstract: "We propose FrogNet. It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0. Code: https://github.com/frogs/frognet.", authors: ["B. Toad", "A. Frog"], code: ["https://github.com/frogs/frognet"], sources: ["small.jsonl"]},
{id: "paper/toads", name: "Toads", abstract: "We work on object detection with a KAN on CIFAR.", sources: ["small.jsonl"]}
] AS row MERGE (n:Item {id: row.id}) SET n:Paper, n += row;
UNWIND [
{id: "result/10.1000/frog.1/1", name: "91.5 %", value: "91.5", unit: "%", relative: false, evidence: "It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0.", field: "abstract", start: 20, end: 85, rule: "figure"},
{id: "result/10.1000/frog.1/2", name: "2.0", value: "2.0", unit: "", relative: true, evidence: "It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0.", field: "abstract", start: 20, end: 85, rule: "figure"}
] AS row MERGE (n:Item {id: row.id}) SET n:Result, n += row;
UNWIND [
{id: "task/object-detection", name: "object detection"}
] AS row MERGE (n:Item {id: row.id}) SET n:Task, n += row;
UNWIND [
{a: "paper/toads", b: "task/object-detection", set: {evidence: "We work on object detection with a KAN on CIFAR.", field: "abstract", start: 0, end: 48, rule: "default"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:ADDRESSES]->(b) SET r += row.set;
UNWIND [
{a: "dataset/cifar-10", b: "dataset/cifar", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:BROADER]->(b) SET r += row.set;
UNWIND [
{a: "paper/toads", b: "method/kolmogorov-arnold-network", set: {evidence: "We work on object detection with a KAN on CIFAR.", field: "abstract", start: 0, end: 48, rule: "default"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:BUILDS_ON]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "paper/toads", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:CITES]->(b) SET r += row.set;
UNWIND [
{a: "result/10.1000/frog.1/1", b: "dataset/cifar-10", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:DATASET]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "dataset/cifar-10", set: {evidence: "It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0.", field: "abstract", start: 20, end: 85, rule: "default"}},
{a: "paper/toads", b: "dataset/cifar", set: {evidence: "We work on object detection with a KAN on CIFAR.", field: "abstract", start: 0, end: 48, rule: "default"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:EVALUATED_ON]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "method/frognet", set: {evidence: "FrogNet: Leaps", field: "title", start: 0, end: 14, rule: "title-prefix"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:INTRODUCES]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "metric/accuracy", set: {evidence: "It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0.", field: "abstract", start: 20, end: 85, rule: "default"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:MENTIONS]->(b) SET r += row.set;
UNWIND [
{a: "result/10.1000/frog.1/1", b: "method/frognet", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:METHOD]->(b) SET r += row.set;
UNWIND [
{a: "result/10.1000/frog.1/1", b: "metric/accuracy", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:METRIC]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "method/resnet-50", set: {evidence: "It reaches 91.5% accuracy on CIFAR-10 and beats ResNet-50 by 2.0.", field: "abstract", start: 20, end: 85, rule: "outperforms"}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:OUTPERFORMS]->(b) SET r += row.set;
UNWIND [
{a: "paper/10.1000/frog.1", b: "result/10.1000/frog.1/1", set: {}},
{a: "paper/10.1000/frog.1", b: "result/10.1000/frog.1/2", set: {}}
] AS row MATCH (a:Item {id: row.a}), (b:Item {id: row.b}) MERGE (a)-[r:REPORTS]->(b) SET r += row.set;
